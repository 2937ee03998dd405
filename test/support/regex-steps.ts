/**
 * Regex steps: a regular expression tried on a text the way that backtracking engines do it, each step counted.
 *
 * In: source and flags. Out: a function that gives the steps for a text. No clock is asked, so the count is the same on
 * every machine. What is not here (backreferences, sets of the flag v) is refused, never taken as harmless.
 */
import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** Goes on behind a place; true where the rest matches. */
type Next = (at: number) => boolean;
type Match = (at: number, next: Next) => boolean;

export class TooManySteps extends Error {}

interface Run {
  text: string;
  steps: number;
  most: number;
}

/** Steps for one search, or for all matches where the flag is g; ends early at `most`. */
export type CountSteps = (text: string, most: number) => number;

export function countSteps(source: string, flags: string): CountSteps {
  const parser = new RegExpParser();
  const isUnicode = flags.includes('u');
  const pattern = parser.parsePattern(source, 0, source.length, { unicode: isUnicode });
  const run: Run = { text: '', steps: 0, most: 0 };
  const compiler = new Compiler(run, flags);
  const match = compiler.alternatives(pattern.alternatives, 1);
  return (text, most) => {
    Object.assign(run, { text, steps: 0, most });
    try {
      search(run, match, flags);
    } catch (error) {
      if (!(error instanceof TooManySteps)) throw error;
    }
    return run.steps;
  };
}

function search(run: Run, match: Match, flags: string): void {
  const isSticky = flags.includes('y');
  let end = 0;
  for (let start = 0; start <= run.text.length; start++) {
    const isMatch = match(start, (at) => {
      end = at;
      return true;
    });
    if (isSticky || (isMatch && !flags.includes('g'))) return;
    if (isMatch && end > start) start = end - 1;
  }
}

class Compiler {
  readonly #run: Run;
  readonly #flags: string;

  constructor(run: Run, flags: string) {
    this.#run = run;
    this.#flags = flags;
  }

  alternatives(alternatives: readonly AST.Alternative[], direction: 1 | -1): Match {
    const ways = alternatives.map(({ elements }) => this.#sequence(elements, direction));
    if (ways.length === 1) return ways[0] as Match;
    return (at, next) => {
      for (const way of ways) {
        this.#step();
        if (way(at, next)) return true;
      }
      return false;
    };
  }

  #sequence(elements: readonly AST.Element[], direction: 1 | -1): Match {
    const parts = elements.map((element) => this.#element(element, direction));
    if (direction < 0) parts.reverse();
    return parts.reduceRight<Match>(
      (rest, part) => (at, next) => part(at, (behind) => rest(behind, next)),
      (at, next) => next(at),
    );
  }

  #element(element: AST.Element, direction: 1 | -1): Match {
    switch (element.type) {
      case 'Group':
      case 'CapturingGroup':
        return this.alternatives(element.alternatives, direction);
      case 'Quantifier':
        return this.#quantifier(element, direction);
      case 'Assertion':
        return this.#assertion(element);
      case 'Character':
      case 'CharacterClass':
      case 'CharacterSet': {
        const fits = this.#char(element.raw);
        return (at, next) => {
          this.#step();
          const place = direction > 0 ? at : at - 1;
          const char = this.#run.text[place];
          return char !== undefined && fits(char) && next(at + direction);
        };
      }
      default:
        throw new Error(`${element.type} is not known here: ${element.raw}`);
    }
  }

  /** What fits one sign is asked of the real engine, once for each sign. */
  #char(raw: string): (char: string) => boolean {
    const one = new RegExp(`^(?:${raw})$`, this.#flags.replace(/[gym]/g, ''));
    const known = new Map<string, boolean>();
    return (char) => {
      const answer = known.get(char) ?? one.test(char);
      known.set(char, answer);
      return answer;
    };
  }

  #quantifier({ element, min, max, greedy }: AST.Quantifier, direction: 1 | -1): Match {
    const once = this.#element(element as AST.Element, direction);
    const again = (count: number, at: number, next: Next): boolean => {
      const more = () =>
        count < max && once(at, (behind) => (behind !== at || count < min) && again(count + 1, behind, next));
      this.#step();
      if (count < min) return more();
      return greedy ? more() || next(at) : next(at) || more();
    };
    return (at, next) => again(0, at, next);
  }

  #assertion(assertion: AST.Assertion): Match {
    if (assertion.kind === 'lookahead' || assertion.kind === 'lookbehind') {
      const direction = assertion.kind === 'lookahead' ? 1 : -1;
      const inner = this.alternatives(assertion.alternatives, direction);
      return (at, next) => inner(at, () => true) !== assertion.negate && next(at);
    }
    const isTrue = this.#edge(assertion);
    return (at, next) => {
      this.#step();
      return isTrue(at) && next(at);
    };
  }

  #edge(assertion: AST.EdgeAssertion | AST.WordBoundaryAssertion): (at: number) => boolean {
    const text = () => this.#run.text;
    const isLines = this.#flags.includes('m');
    const isLineEnd = (char = '') => isLines && /^[\n\r\u2028\u2029]$/.test(char);
    if (assertion.kind === 'start') return (at) => at === 0 || isLineEnd(text()[at - 1]);
    if (assertion.kind === 'end') return (at) => at === text().length || isLineEnd(text()[at]);
    const isWord = (char = '') => /^\w$/.test(char);
    const negate = 'negate' in assertion && assertion.negate;
    return (at) => (isWord(text()[at - 1]) !== isWord(text()[at])) !== negate;
  }

  #step(): void {
    if (++this.#run.steps > this.#run.most) throw new TooManySteps();
  }
}
