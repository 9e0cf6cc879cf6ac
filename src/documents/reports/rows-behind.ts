/** The rows of the ledger that a figure was counted from, in the ledger's order. */
export type RowsBehind = readonly number[];

interface OnRow {
  readonly row: number;
}

export function rowsOf(cases: readonly OnRow[]): RowsBehind {
  return inOrder(cases.map(({ row }) => row));
}

/** Each once: several penalties may stand on one row. */
export function rowsOnce(items: readonly OnRow[]): RowsBehind {
  return inOrder([...new Set(items.map(({ row }) => row))]);
}

/** The rows of several figures that share none and are shown as one. */
export function together(parts: readonly RowsBehind[]): RowsBehind {
  return inOrder(parts.flat());
}

function inOrder(rows: number[]): RowsBehind {
  return rows.sort((a, b) => a - b);
}

/** What a figure of a table is called where it stands alone: table, line and column. */
export function figureName(title: string, line: string | number | undefined, header: string): string {
  return [title, line, header]
    .filter((part) => part !== undefined)
    .map((part) => String(part).replaceAll("\n", ""))
    .join(" · ");
}
