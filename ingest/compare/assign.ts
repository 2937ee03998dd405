/**
 * Assignment: pairs rows with columns one to one at the least total cost (Hungarian method, shortest
 * augmenting paths, as git range-diff does).
 *
 * In: a matrix of finite costs; rows and columns may differ in number. Out: for each row its column or -1.
 * A pair that is not wanted gets a cost above `unmatched`: such rows stay alone. Cubic in the larger side, so
 * callers pair what is certain beforehand.
 */

/**
 * @param costs `costs[row][column]`; every row of the same length.
 * @param unmatched cost of leaving a row (and so a column) alone.
 * @returns the column of each row, -1 where leaving it alone is cheaper.
 */
export function assign(costs: readonly (readonly number[])[], unmatched: number): number[] {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  if (rows === 0 || columns === 0) return new Array<number>(rows).fill(-1);
  // A square of rows + columns: each row has an own stand-in column of cost `unmatched`, and so each column.
  const size = rows + columns;
  const cost = (row: number, column: number): number => {
    if (row < rows && column < columns) return Math.min(costs[row]?.[column] ?? unmatched, unmatched * 2 + 1);
    if (row >= rows && column >= columns) return 0;
    return unmatched;
  };
  const columnRow = solveSquare(size, cost);
  const result = new Array<number>(rows).fill(-1);
  for (let column = 0; column < columns; column++) {
    const row = columnRow[column] ?? -1;
    if (row >= 0 && row < rows && (costs[row]?.[column] ?? Number.POSITIVE_INFINITY) < unmatched * 2) {
      result[row] = column;
    }
  }
  return result;
}

/** The row given to each column of a square matrix at the least total cost. */
function solveSquare(size: number, cost: (row: number, column: number) => number): number[] {
  // Potentials and matching are 1-based, with 0 as the free start, as in the textbook form of the method.
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  const rowOfColumn = new Int32Array(size + 1);
  const cameFrom = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) {
    rowOfColumn[0] = row;
    let column = 0;
    const shortest = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY);
    const done = new Uint8Array(size + 1);
    do {
      done[column] = 1;
      const currentRow = rowOfColumn[column] ?? 0;
      let step = Number.POSITIVE_INFINITY;
      let nextColumn = 0;
      for (let other = 1; other <= size; other++) {
        if (done[other]) continue;
        const reduced =
          cost(currentRow - 1, other - 1) - (rowPotential[currentRow] ?? 0) - (columnPotential[other] ?? 0);
        if (reduced < (shortest[other] ?? 0)) {
          shortest[other] = reduced;
          cameFrom[other] = column;
        }
        if ((shortest[other] ?? 0) < step) {
          step = shortest[other] ?? 0;
          nextColumn = other;
        }
      }
      for (let other = 0; other <= size; other++) {
        if (done[other]) {
          const owner = rowOfColumn[other] ?? 0;
          rowPotential[owner] = (rowPotential[owner] ?? 0) + step;
          columnPotential[other] = (columnPotential[other] ?? 0) - step;
        } else {
          shortest[other] = (shortest[other] ?? 0) - step;
        }
      }
      column = nextColumn;
    } while (rowOfColumn[column] !== 0);
    while (column !== 0) {
      const before = cameFrom[column] ?? 0;
      rowOfColumn[column] = rowOfColumn[before] ?? 0;
      column = before;
    }
  }
  return Array.from({ length: size }, (_, column) => (rowOfColumn[column + 1] ?? 0) - 1);
}
