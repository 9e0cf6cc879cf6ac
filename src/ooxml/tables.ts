import { qualified } from "./dialect.js";
import type { Package, PackageDraft } from "./package.js";
import { formatArea, parseArea, type Area } from "./references.js";
import { addContentType, freePartName, newPart, relationshipsOf } from "./relationships.js";
import type { SheetInfo, WorkbookInfo } from "./workbook-part.js";
import { decodeXstring, escapeXstring } from "./xml/escape.js";
import { TextPatch } from "./xml/patch.js";
import { attribute, child, childrenNamed } from "./xml/tree.js";

/** An Excel table (ECMA-376 part 1, §18.5). */
export interface TableInfo {
  readonly part: string;
  readonly sheet: SheetInfo;
  readonly id: number;
  readonly name: string;
  /** The whole table, header and totals row included. */
  readonly area: Area;
  readonly hasHeader: boolean;
  readonly hasTotals: boolean;
  /** Header texts from left to right. */
  readonly columns: readonly string[];
  /** A table over a query or mapped XML; its columns mirror a source, so none can be added. */
  readonly bound: boolean;
}

/** The tables of all worksheets, in sheet order. */
export function readTables(from: Package, sheets: readonly SheetInfo[]): TableInfo[] {
  const tables: TableInfo[] = [];
  for (const sheet of sheets)
    for (const { kind, part } of relationshipsOf(sheet.part, from)) {
      if (kind !== "table" || part === undefined || !from.has(part)) continue;
      const { root } = from.xml(part);
      const area = parseArea(attribute(root, "ref") ?? "");
      if (!area) continue;
      tables.push({
        part,
        sheet,
        id: Number(attribute(root, "id") ?? 0),
        name: attribute(root, "displayName") ?? attribute(root, "name") ?? "",
        area,
        hasHeader: attribute(root, "headerRowCount") !== "0",
        hasTotals: Number(attribute(root, "totalsRowCount") ?? 0) > 0,
        columns: childrenNamed(child(root, "tableColumns"), "tableColumn").map((c) =>
          decodeXstring(attribute(c, "name") ?? ""),
        ),
        bound: (attribute(root, "tableType") ?? "worksheet") !== "worksheet",
      });
    }
  return tables;
}

export function tableNamed(tables: readonly TableInfo[], name: string): TableInfo | undefined {
  return tables.find((table) => table.name.toLowerCase() === name.toLowerCase());
}

/** First and last data row; the last is before the first only in a broken table. */
export function dataRows(table: TableInfo): { first: number; last: number } {
  return { first: table.area.top + (table.hasHeader ? 1 : 0), last: table.area.bottom - (table.hasTotals ? 1 : 0) };
}

/** Gives a table a new area and further columns at its right end; the filter's area follows. */
export function resizeTable(draft: PackageDraft, table: TableInfo, area: Area, newColumns: readonly string[]): void {
  const document = draft.xml(table.part);
  const { root } = document;
  const patch = new TextPatch(document.text);
  patch.setAttribute(root, "ref", formatArea(area));
  const filter = child(root, "autoFilter");
  // The filter spans the header and the data, never the totals row.
  if (filter)
    patch.setAttribute(filter, "ref", formatArea({ ...area, bottom: area.bottom - (table.hasTotals ? 1 : 0) }));
  const columns = child(root, "tableColumns");
  if (columns && newColumns.length > 0) {
    const present = childrenNamed(columns, "tableColumn");
    let id = Math.max(0, ...present.map((c) => Number(attribute(c, "id"))));
    const name = qualified(columns.prefix, "tableColumn");
    patch.append(
      columns,
      newColumns.map((header) => `<${name} id="${++id}" name="${escapeXstring(header)}"/>`).join(""),
    );
    patch.setAttribute(columns, "count", String(present.length + newColumns.length));
  }
  if (patch.changed) draft.set(table.part, patch.apply());
}

/** Gives a table's columns other headers, from left to right; those that stay are left as they are written. */
export function renameColumns(draft: PackageDraft, table: TableInfo, headers: readonly string[]): void {
  const document = draft.xml(table.part);
  const patch = new TextPatch(document.text);
  childrenNamed(child(document.root, "tableColumns"), "tableColumn").forEach((element, i) => {
    const header = headers[i];
    if (header === undefined || header === table.columns[i]) return;
    const name = element.attributes.find((a) => a.name === "name");
    if (name) patch.replace(name.start, name.end, ` name="${escapeXstring(header)}"`);
  });
  if (patch.changed) draft.set(table.part, patch.apply());
}

const TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml";

/** Makes a table part and returns its name; the sheet has yet to refer to it. `id` and `name` must be free in the workbook. */
export function addTable(
  draft: PackageDraft,
  workbook: WorkbookInfo,
  table: { id: number; name: string; area: Area; columns: readonly string[] },
): string {
  const part = freePartName(draft, "xl/tables/table", ".xml");
  const ref = formatArea(table.area);
  const columns = table.columns
    .map((header, i) => `<tableColumn id="${i + 1}" name="${escapeXstring(header)}"/>`)
    .join("");
  draft.set(
    part,
    newPart(
      `<table xmlns="${workbook.dialect.main}" id="${table.id}" name="${table.name}" displayName="${table.name}" ref="${ref}" totalsRowShown="0">` +
        `<autoFilter ref="${ref}"/><tableColumns count="${table.columns.length}">${columns}</tableColumns>` +
        '<tableStyleInfo name="TableStyleMedium2" showFirstColumn="0" showLastColumn="0" showRowStripes="1" showColumnStripes="0"/></table>',
    ),
  );
  addContentType(draft, part, TABLE_TYPE);
  return part;
}
