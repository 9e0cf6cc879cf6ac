/**
 * Which rows of a table, and of those that it grows by, are hidden by hand or by a filter: asked for only where some are, and from the first row on that
 * changes. A journal is as long as the years it covers, but only blank rows at its end are written to; they are hidden as
 * well where its filter leaves blanks out.
 */
export async function hiddenRows(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  { body, under, rows }: { readonly body: Excel.Range; readonly under: Excel.Range; readonly rows: number },
  changes: readonly { readonly row: number }[],
): Promise<(row: number) => boolean> {
  // Null where some rows are hidden; the declarations know nothing of it.
  if ([body, under].every((range) => (range.rowHidden as boolean | null) === false)) return () => false;
  const first = changes.reduce((least, { row }) => Math.min(least, row), rows);
  if (first === rows) return () => false;
  const top = body.rowIndex + first;
  const changing = sheet.getRangeByIndexes(top, body.columnIndex, rows - first, 1).untrack();
  const properties = changing.getRowProperties({ rowHidden: true });
  await context.sync();
  return (row) => properties.value[row - top]?.rowHidden === true;
}
