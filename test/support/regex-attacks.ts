/**
 * Regex attacks: texts on which a regular expression would take longest, made from the expression itself.
 *
 * A backtracking engine is slow where a long run can be split in many ways, or where each sign may begin a match that
 * runs far and then fails. So each text is: what leads to a repetition, a run of what it repeats (or of what begins the
 * expression), and an end that fits nothing.
 */
import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';

/** Signs that samples of classes are taken from. */
const signs = [
  ...'aZ0 \t-_.@<>()[]{}#/:;,"\'*=?!+|&~%$^`\\xvf9',
  '\n',
  '\r',
  '\u2028',
  'é',
  'Ж',
  '中',
  '✂',
  '\u0300',
];
const ends = ['\n\u0001', '!'];
/** So many of each kind: the first are the most telling. */
const most = { pumps: 70, leads: 4, pairs: 30 };

export function attacks(source: string, flags: string, length: number): string[] {
  const { leads, words } = takeApart(source, flags);
  const pairs = words.slice(0, 9).flatMap((a) => words.slice(0, 9).map((b) => a + b));
  const pumps = [...new Set([...leads, ...words, ...pairs.slice(0, most.pairs)])].slice(0, most.pumps);
  const texts: string[] = [];
  for (const lead of ['', ...leads.slice(0, most.leads)]) {
    for (const pump of pumps) {
      const body = lead + pump.repeat(Math.ceil((length - lead.length) / pump.length)).slice(0, length);
      for (const end of ends) texts.push(body + end);
    }
  }
  return texts;
}

/** `words`: what single parts match; `leads`: what stands before each repetition, and a whole match. */
function takeApart(source: string, flags: string): { leads: string[]; words: string[] } {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes('u') });
  const samples = new Samples(flags);
  const words = new Set<string>();
  const leads = new Set<string>();
  const leadOf = (elements: readonly AST.Element[], end: number) =>
    elements
      .slice(0, end)
      .map((element) => samples.of(element, 0))
      .join('');
  visitRegExpAST(pattern, {
    onAlternativeEnter({ elements }) {
      for (const [at, element] of elements.entries()) {
        if (element.type !== 'Quantifier' || element.max < 5) continue;
        leads.add(leadOf(elements, at));
        leads.add(leadOf(elements, at + 1));
        for (const which of [0, 1, 2]) words.add(samples.of(element.element, which));
      }
      const run = /^[\w -]+/.exec(elements.map((element) => samples.of(element, 0)).join(''))?.[0];
      words.add(run ?? '');
    },
    onCharacterClassEnter: (node) => {
      for (const which of [0, 1]) words.add(samples.of(node, which));
    },
    onCharacterSetEnter: (node) => void words.add(samples.of(node, 0)),
  });
  for (const { elements } of pattern.alternatives) leads.add(leadOf(elements, elements.length));
  for (const word of [' ', 'a', '0', '\t']) words.add(word);
  leads.delete('');
  words.delete('');
  return { leads: [...leads], words: [...words] };
}

class Samples {
  readonly #flags: string;

  constructor(flags: string) {
    this.#flags = flags.replace(/[gym]/g, '');
  }

  /** A short text that the element matches, the `which`-th of its kind. */
  of(element: AST.Element | AST.QuantifiableElement, which: number): string {
    switch (element.type) {
      case 'Group':
      case 'CapturingGroup': {
        const way = element.alternatives[which % element.alternatives.length];
        return (way?.elements ?? []).map((part) => this.of(part, which)).join('');
      }
      case 'Quantifier':
        return this.of(element.element, which).repeat(Math.max(element.min, 1));
      case 'Character':
        return String.fromCodePoint(element.value);
      case 'CharacterClass':
      case 'CharacterSet': {
        const one = new RegExp(`^(?:${element.raw})$`, this.#flags);
        const fitting = signs.filter((sign) => one.test(sign));
        return fitting[which % Math.max(fitting.length, 1)] ?? '';
      }
      default:
        return '';
    }
  }
}
