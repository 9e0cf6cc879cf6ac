import stringWidth from "string-width";

/** Lines of aligned columns; Han characters are two cells wide on a terminal. The last column is left as long as it is. */
export function columnsText(rows: readonly (readonly string[])[], gap = 2): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, stringWidth(cell))));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell + " ".repeat(widths[i]! - stringWidth(cell) + gap)))
      .join("")
      .trimEnd(),
  );
}
