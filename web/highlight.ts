/**
 * Highlight: words of a programming language in a few colours. A chunk of its own, loaded when a diff is seen.
 *
 * lowlight gives a tree, which becomes spans over each line; nothing here makes HTML. Three tones only (ui.md, 5).
 */
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import makefile from 'highlight.js/lib/languages/makefile';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import { createLowlight } from 'lowlight';
import type { Mark } from './diff-rows.ts';

const lowlight = createLowlight({ bash, c, makefile, python, rust });

/** Beyond this many characters a file is drawn plain: grammars take time that a reader would feel. */
const mostCharacters = 400_000;

const languages: readonly (readonly [RegExp, string])[] = [
  [/\.(?:c|h|cc|cpp|hpp|S|dts|dtsi|lds)$/, 'c'],
  [/\.(?:sh|bash)$/, 'bash'],
  [/\.py$/, 'python'],
  [/\.rs$/, 'rust'],
  [/(?:^|\/)(?:Makefile|Kbuild)(?:\.[\w.]+)?$|\.mk$/, 'makefile'],
];

const tones: readonly (readonly [string, string])[] = [
  ['comment', 'hl-comment'],
  ['string', 'hl-string'],
  ['keyword', 'hl-keyword'],
  ['type', 'hl-keyword'],
  ['built_in', 'hl-keyword'],
  ['meta', 'hl-keyword'],
];

/** Marks for each line; empty where the language of the path is not known. */
export function highlightLines(path: string, lines: readonly string[]): Mark[][] {
  const language = languages.find(([pattern]) => pattern.test(path))?.[1];
  const text = lines.join('\n');
  const marks: Mark[][] = lines.map(() => []);
  if (language === undefined || text.length > mostCharacters) return marks;
  let line = 0;
  let column = 0;
  const walk = (node: Tree, tone: string): void => {
    if (node.type === 'text') {
      for (const [index, piece] of (node.value ?? '').split('\n').entries()) {
        if (index > 0) {
          line += 1;
          column = 0;
        }
        if (tone !== '' && piece !== '')
          marks[line]?.push({ start: column, end: column + piece.length, tone });
        column += piece.length;
      }
      return;
    }
    for (const child of node.children ?? []) walk(child, toneOf(child) || tone);
  };
  walk(lowlight.highlight(language, text) as Tree, '');
  return marks;
}

interface Tree {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Tree[];
  readonly properties?: { readonly className?: unknown };
}

function toneOf({ properties }: Tree): string {
  const names = properties?.className;
  if (!Array.isArray(names)) return '';
  return tones.find(([name]) => names.includes(`hljs-${name}`))?.[1] ?? '';
}
