/** Hostile: what a stranger could write into a mail to be more than text. */

const right = '\u202e';

export const hostileSubject = `${right}<script>globalThis.owned = 1</script><img src=x onerror="globalThis.owned=1">\${owned}`;

export const hostileName = `"><b class=owned onmouseover=globalThis.owned=1>${right}eve</b>`;

export const hostileBody = [
  '<script>globalThis.owned = 1</script>',
  '<iframe srcdoc="<script>parent.owned=1</script>"></iframe>',
  `javascript:globalThis.owned=1 https://example.org/"onclick="globalThis.owned=1" ${right}`,
  '<!--?lit$123$--> {{constructor.constructor("globalThis.owned=1")()}}',
  '> '.repeat(200),
  '\u0000\u0007\u001b[31m\ufeff',
];
