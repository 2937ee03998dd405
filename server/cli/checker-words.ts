/**
 * Checker words: a line of the native checker as a sentence for people.
 *
 * In: one line of native-check/PROTOCOL.md. Out: words, or undefined for lines that only programs need.
 * Unknown types and keys are passed over, as the protocol asks.
 */

type Line = Readonly<Record<string, unknown>>;

const marks: Readonly<Record<string, string>> = {
  pass: 'ok  ',
  fail: 'FAIL',
  skip: 'skip',
  inconclusive: '?   ',
  error: 'ERR ',
};

/** What each type of line says; a type without a row says nothing. */
const describers: Readonly<Record<string, (line: Line) => string | undefined>> = {
  machine: (line) =>
    `kernel ${text(line.release)} ${text(line.arch)}${kindOf(line)}, ${text(line.cpu_model)}, ${text(line.cpus_online)} CPUs, boot ${text(line.boot_id)}`,
  result: (line) => {
    const mark = marks[text(line.status)] ?? text(line.status);
    const reason = text(line.reason) === '' ? '' : `${text(line.reason)}: `;
    return `${mark} ${text(line.check).padEnd(22)}${reason}${text(line.detail)}`;
  },
  log: (line) => (line.level === 'warn' ? `note: ${text(line.text)}` : undefined),
  end: (line) => {
    if (text(line.verdict) === '') return undefined;
    const reason = text(line.reason) === '' ? '' : ` (${text(line.reason)})`;
    const expected = text(line.expected);
    const against = line.agrees === false ? `; by its release number ${expected} was expected` : '';
    return `verdict: ${text(line.verdict)}${reason}${against}`;
  },
};

/** The words for one line, as parsed. */
export function describeCheckerLine(line: Line): string | undefined {
  const type = text(line.type);
  return Object.hasOwn(describers, type) ? describers[type]?.(line) : undefined;
}

/** A guest says something of its own kernel, not of the machine around it. */
function kindOf(line: Line): string {
  const kind = text(line.virtualization);
  return kind === '' || kind === 'none' ? '' : ' (virtual)';
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
