/** Columns of one width. @param lines with tabs between the cells; a line without a tab stays as it is */
export function table(lines) {
  const cells = lines.map((line) => line.split('\t'));
  const widths = cells
    .filter((row) => row.length > 1)
    .reduce((widest, row) => row.map((cell, i) => Math.max(cell.length, widest[i] ?? 0)), []);
  return cells
    .map((row) => (row.length > 1 ? row.map((cell, i) => cell.padEnd(widths[i])).join('  ') : row[0]))
    .join('\n');
}
