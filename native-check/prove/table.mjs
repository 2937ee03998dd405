/**
 * The proof's table: one row a cell, with the sums of its boots.
 *
 * In: cells with their boots. Out: text, columns aligned for a terminal.
 */

const isJudged = (line) => line.type === 'result' && line.check === 'new-task-cpu-id';

const sumOf = (boots, key) => boots.reduce((sum, boot) => sum + (boot.lines.find(isJudged)?.[key] ?? 0), 0);

const columns = [
  ['kernel', ({ cell }) => cell.variant],
  ['method', ({ cell }) => cell.method],
  ['cpus', ({ cell }) => cell.cpus],
  ['demanded', ({ cell }) => cell.demanded],
  [
    'as demanded',
    ({ boots }) => `${boots.filter((boot) => boot.faults.length === 0).length} of ${boots.length}`,
  ],
  ['effective', ({ boots }) => sumOf(boots, 'effective')],
  ['stale', ({ boots }) => sumOf(boots, 'stale')],
  ['marked', ({ boots }) => sumOf(boots, 'marker_trials')],
  ['survivors', ({ boots }) => sumOf(boots, 'survivors')],
  [
    's/boot',
    ({ boots }) => (boots.reduce((sum, boot) => sum + boot.wallMs, 0) / boots.length / 1000).toFixed(1),
  ],
];

export function renderTable(rows) {
  const text = [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, value]) => String(value(row)))),
  ];
  const widths = columns.map((_, n) => Math.max(...text.map((cells) => cells[n].length)));
  return text
    .map((cells) =>
      cells
        .map((cell, n) => cell.padEnd(widths[n]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
