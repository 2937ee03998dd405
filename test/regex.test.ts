/**
 * Regular expressions: none takes more than some steps a sign, whatever a stranger writes.
 *
 * Each literal of the sources, and each expression that they build of words, is tried on texts made against it
 * (./support/regex-attacks.ts), the steps of backtracking counted (./support/regex-steps.ts): no clock, no chance.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseSync } from 'vite';
import { attacks } from './support/regex-attacks.ts';
import { countSteps } from './support/regex-steps.ts';
import { checkout } from './support/terminal.ts';

/** What is quadratic takes half of this at each sign; what tries many words in turn takes some ten. */
const textLength = 400;
const mostSteps = 70;
/** Tables of sentences are long lists of ways, and are asked of 600 signs at most. */
const mostStepsOfTables = 400;

interface Expression {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
  readonly most: number;
}

/** The most steps a sign that any attack takes; `text` is the attack. */
function worstOf({ source, flags, most: mostOne }: Omit<Expression, 'place'>): {
  steps: number;
  text: string;
} {
  const count = countSteps(source, flags);
  const most = mostOne * textLength * 2;
  let worst = { steps: 0, text: '' };
  for (const text of attacks(source, flags, textLength)) {
    const steps = count(text, most);
    if (steps > worst.steps) worst = { steps, text };
    if (steps > most) break;
  }
  return { ...worst, steps: Math.round(worst.steps / textLength) };
}

function sources(): string[] {
  return ['ingest', 'server'].flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`)
      .sort(),
  );
}

/** Expressions written in a file. */
function literalsOf(place: string): Expression[] {
  const found: Expression[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (isRegexLiteral(node))
      found.push({ place, source: node.regex.pattern, flags: node.regex.flags, most: mostSteps });
    else for (const inner of Object.values(node)) visit(inner);
  };
  visit(parseSync(place, readFileSync(join(checkout, place), 'utf8')).program);
  return found;
}

function isRegexLiteral(node: object): node is { regex: { pattern: string; flags: string } } {
  return 'regex' in node && typeof node.regex === 'object' && node.regex !== null && 'pattern' in node.regex;
}

/** Expressions that pure code builds of words when it is loaded. */
async function builtExpressions(): Promise<Expression[]> {
  const found: Expression[] = [];
  const Real = globalThis.RegExp;
  let place = '';
  globalThis.RegExp = class extends Real {
    constructor(source: string | RegExp, flags?: string) {
      super(source, flags);
      found.push({ place, source: this.source, flags: this.flags, most: mostStepsOfTables });
    }
  } as RegExpConstructor;
  try {
    for (place of sources().filter((name) =>
      /^ingest\/(?:mail|patch|reply|link|analyse|search)\//.test(name),
    ))
      await import(join(checkout, place));
  } finally {
    globalThis.RegExp = Real;
  }
  return found.filter(({ source }) => source.length < 20_000);
}

test('expressions known to be slow, and known to be quick, are told apart', () => {
  const slow = [
    '(a+)+$',
    '^(a|a)*$',
    '\\s+$',
    '#.*$',
    '^(?:.*,)*x$',
    'x[ab]*y?[ab]*z',
    '^a{1,300}b?a{1,300}$',
  ];
  const quick = ['^a+$', '^\\s*x', '\\bword\\b', '^(?:[^,]*,){3}', '[^\\p{L}]+', '<[^<>]{1,300}>'];
  const flags = (source: string) => (source.includes('\\p') ? 'gu' : 'g');
  const isSlow = (source: string) =>
    worstOf({ source, flags: flags(source), most: mostSteps }).steps > mostSteps;
  assert.deepEqual([...slow, ...quick].filter(isSlow), slow);
});

test('no regular expression backtracks without a bound', async () => {
  const all = [...sources().flatMap(literalsOf), ...(await builtExpressions())];
  const known = new Map(all.map((one) => [`/${one.source}/${one.flags}`, one]));
  assert.ok(known.size > 300, `${known.size} expressions`);
  const slow = [...known].flatMap(([expression, one]) => {
    const { steps, text } = worstOf(one);
    const attack = `${JSON.stringify(text.slice(0, 40))}...${JSON.stringify(text.slice(-10))}`;
    return steps > one.most ? [`${one.place} ${expression}: ${steps} steps a sign of ${attack}`] : [];
  });
  assert.deepEqual(slow, []);
});
