import type { PageCell, PageRow, PagePivot, PivotCache } from "./page.js";
import { columnLetters, formatArea } from "../references.js";
import { escapeXml, escapeXstring } from "../xml/escape.js";
import { OWN_PREFIX } from "./add-pages.js";

/**
 * PivotTables as parts of a file (ECMA-376 part 1, §18.10): the cache that names its source, and tables that count the
 * source's rows. `refreshOnLoad` makes Excel count anew when the file is opened; the cells written beside show the same
 * counts to whoever reads the file without a pivot engine.
 */

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export type PivotValue = string | number | undefined;

/** The table that is counted. */
export interface PivotSource {
  /** An Excel table by its name, or an area with its header row on a sheet. */
  readonly place: { readonly table: string } | { readonly sheet: string; readonly area: string };
  /** All columns of the table, left to right. */
  readonly headers: readonly string[];
  readonly rowCount: number;
  readonly value: (row: number, column: number) => PivotValue;
  /** Headers that tables use as rows, columns or filters: their values are listed in the cache. */
  readonly grouped: readonly string[];
  /** Whether the cache keeps all rows; a large ledger is not copied into one. */
  readonly keepRecords: boolean;
}

/** A source made ready: its cache, and for each grouped column its values in the cache's order. */
export interface PivotBase {
  readonly source: PivotSource;
  readonly cache: PivotCache;
  readonly items: ReadonlyMap<number, readonly PivotValue[]>;
}

/** Values in a fixed order; blank ones last, where Excel shows them. */
function distinct(source: PivotSource, column: number): PivotValue[] {
  const found = new Set<PivotValue>();
  for (let row = 0; row < source.rowCount; row++) found.add(source.value(row, column));
  return [...found].sort((a, b) =>
    a === undefined || b === undefined
      ? Number(a === undefined) - Number(b === undefined)
      : String(a) < String(b)
        ? -1
        : String(a) > String(b)
          ? 1
          : 0,
  );
}

function itemMarkup(value: PivotValue): string {
  if (value === undefined) return "<m/>";
  return typeof value === "number" ? `<n v="${value}"/>` : `<s v="${escapeXstring(value)}"/>`;
}

function sharedItems(values: readonly PivotValue[]): string {
  const blank = values.includes(undefined) ? ' containsBlank="1"' : "";
  return `<sharedItems${blank} count="${values.length}">${values.map(itemMarkup).join("")}</sharedItems>`;
}

/** What a column that is not grouped says of its values; Excel checks its own claims, so they must be true. */
function plainItems(source: PivotSource, column: number): string {
  let [numbers, texts, blanks, whole] = [0, 0, 0, true];
  let [least, most] = [Infinity, -Infinity];
  for (let row = 0; row < source.rowCount; row++) {
    const value = source.value(row, column);
    if (value === undefined) blanks++;
    else if (typeof value === "string") texts++;
    else {
      numbers++;
      whole &&= Number.isInteger(value);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  if (numbers === 0) return blanks > 0 ? '<sharedItems containsBlank="1"/>' : "<sharedItems/>";
  const mixed = texts > 0 ? ' containsMixedTypes="1"' : "";
  const kinds = texts > 0 ? "" : blanks > 0 ? ' containsString="0"' : ' containsSemiMixedTypes="0" containsString="0"';
  return `<sharedItems${kinds}${blanks > 0 ? ' containsBlank="1"' : ""}${mixed} containsNumber="1"${whole ? ' containsInteger="1"' : ""} minValue="${least}" maxValue="${most}"/>`;
}

/** Reads the source and makes its cache. */
export function pivotBase(source: PivotSource): PivotBase {
  const items = new Map(
    source.grouped.map((header) => {
      const column = indexOf(source, header);
      return [column, distinct(source, column)] as const;
    }),
  );
  const place =
    "table" in source.place
      ? `name="${escapeXml(source.place.table)}"`
      : `ref="${source.place.area}" sheet="${escapeXml(source.place.sheet)}"`;
  const fields = source.headers.map((header, column) => {
    const values = items.get(column);
    const shared = values ? sharedItems(values) : source.keepRecords ? plainItems(source, column) : "<sharedItems/>";
    return `<cacheField name="${escapeXstring(header)}" numFmtId="0">${shared}</cacheField>`;
  });
  const cache: PivotCache = {
    definition: (recordsId) =>
      `<pivotCacheDefinition xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"${recordsId === undefined ? ' saveData="0"' : ` r:id="${recordsId}"`} refreshOnLoad="1" ` +
      `refreshedBy="Tiaoli" createdVersion="6" refreshedVersion="6" minRefreshableVersion="3"${recordsId === undefined ? "" : ` recordCount="${source.rowCount}"`}>` +
      `<cacheSource type="worksheet"><worksheetSource ${place}/></cacheSource><cacheFields count="${fields.length}">${fields.join("")}</cacheFields></pivotCacheDefinition>`,
    ...(source.keepRecords ? { records: recordsMarkup(source, items) } : {}),
  };
  return { source, cache, items };
}

function recordsMarkup(source: PivotSource, items: ReadonlyMap<number, readonly PivotValue[]>): string {
  const positions = new Map([...items].map(([column, values]) => [column, new Map(values.map((v, i) => [v, i]))]));
  const rows = Array.from({ length: source.rowCount }, (_, row) => {
    const cells = source.headers.map((_, column) => {
      const value = source.value(row, column);
      const known = positions.get(column);
      return known ? `<x v="${known.get(value)!}"/>` : itemMarkup(value);
    });
    return `<r>${cells.join("")}</r>`;
  });
  return `<pivotCacheRecords xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}" count="${source.rowCount}">${rows.join("")}</pivotCacheRecords>`;
}

/** A table that counts the rows of its source: a field down, a field across, and perhaps a filter set to one value. */
export interface PivotSpec {
  /** Unique in the workbook; the prefix of our own things is put before it. */
  readonly name: string;
  readonly rows: string;
  readonly columns: string;
  /** The column whose filled cells are counted. */
  readonly counted: string;
  readonly filter?: { readonly header: string; readonly value: string };
  /** Where its headers begin; a filter stands two rows above. */
  readonly at: { readonly row: number; readonly column: number };
  readonly texts: PivotTexts;
}

export interface PivotTexts {
  readonly count: string;
  readonly total: string;
  readonly blank: string;
}

/** A pivot table laid out: its part, the cells that show it, and the counts in them. */
export interface PlacedPivot {
  readonly pivot: PagePivot;
  readonly rows: readonly PageRow[];
  readonly total: number;
  /** Columns it takes, labels and totals included. */
  readonly width: number;
}

export interface PivotLooks {
  readonly header: PageCell["look"];
  readonly label: PageCell["look"];
  readonly count: PageCell["look"];
  readonly total: PageCell["look"];
}

export function placePivot(base: PivotBase, spec: PivotSpec, looks: PivotLooks): PlacedPivot {
  const { source } = base;
  const [down, across, counted] = [spec.rows, spec.columns, spec.counted].map((h) => indexOf(source, h)) as [
    number,
    number,
    number,
  ];
  const filterColumn = spec.filter && indexOf(source, spec.filter.header);
  const filterItem = filterColumn === undefined ? -1 : base.items.get(filterColumn)!.indexOf(spec.filter!.value);
  const counts = new Map<PivotValue, Map<PivotValue, number>>();
  let total = 0;
  for (let row = 0; row < source.rowCount; row++) {
    if (filterColumn !== undefined && filterItem >= 0 && source.value(row, filterColumn) !== spec.filter!.value)
      continue;
    if (source.value(row, counted) === undefined) continue;
    const line = counts.get(source.value(row, down)) ?? new Map<PivotValue, number>();
    const label = source.value(row, across);
    line.set(label, (line.get(label) ?? 0) + 1);
    counts.set(source.value(row, down), line);
    total++;
  }
  const rowItems = base.items.get(down)!;
  const columnItems = base.items.get(across)!;
  // A pivot table shows only the values that have a count.
  const shownRows = [...rowItems.keys()].filter((i) => counts.has(rowItems[i]));
  const shownColumns = [...columnItems.keys()].filter((i) => [...counts.values()].some((l) => l.has(columnItems[i])));
  const { row: top, column: left } = spec.at;
  const right = left + shownColumns.length + 1;
  const bottom = top + 1 + shownRows.length + 1;
  const label = (value: PivotValue): string | number => value ?? spec.texts.blank;
  const count = (r: number, c: number): number => counts.get(rowItems[r])?.get(columnItems[c]) ?? 0;
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const line = (
    row: number,
    contents: readonly (string | number | undefined)[],
    looksOf: (i: number) => PageCell["look"],
  ): PageRow => ({
    row,
    cells: contents.map((value, i) => ({
      column: left + i,
      look: looksOf(i),
      ...(value === undefined ? {} : { value }),
    })),
  });
  const rows: PageRow[] = [
    line(
      top,
      [
        spec.texts.count,
        across === down ? undefined : spec.columns,
        ...shownColumns.slice(1).map(() => undefined),
        undefined,
      ],
      () => looks.header,
    ),
    line(top + 1, [spec.rows, ...shownColumns.map((c) => label(columnItems[c])), spec.texts.total], () => looks.header),
    ...shownRows.map((r, i) => {
      const numbers = shownColumns.map((c) => count(r, c));
      return line(
        top + 2 + i,
        [label(rowItems[r]), ...numbers.map((n) => (n === 0 ? undefined : n)), sum(numbers)],
        (k) => (k === 0 ? looks.label : looks.count),
      );
    }),
    line(
      bottom,
      [spec.texts.total, ...shownColumns.map((c) => sum(shownRows.map((r) => count(r, c)))), total],
      () => looks.total,
    ),
  ];
  if (spec.filter)
    rows.unshift(
      line(top - 2, [spec.filter.header, filterItem >= 0 ? spec.filter.value : undefined], (i) =>
        i === 0 ? looks.header : looks.label,
      ),
    );

  const list = (values: readonly PivotValue[]): string =>
    `<items count="${values.length + 1}">${values.map((_, i) => `<item x="${i}"/>`).join("")}<item t="default"/></items>`;
  const fields = source.headers.map((_, i) => {
    const data = i === counted ? ' dataField="1"' : "";
    const axis = i === down ? "axisRow" : i === across ? "axisCol" : i === filterColumn ? "axisPage" : undefined;
    return axis === undefined
      ? `<pivotField${data} showAll="0"/>`
      : `<pivotField axis="${axis}"${data} showAll="0">${list(base.items.get(i)!)}</pivotField>`;
  });
  const axisItems = (tag: string, shown: readonly number[]): string =>
    `<${tag} count="${shown.length + 1}">${shown.map((i) => `<i>${i === 0 ? "<x/>" : `<x v="${i}"/>`}</i>`).join("")}<i t="grand"><x/></i></${tag}>`;
  const markup = (cacheId: number): string =>
    `<pivotTableDefinition xmlns="${MAIN}" name="${escapeXml(OWN_PREFIX + spec.name)}" cacheId="${cacheId}" applyNumberFormats="0" applyBorderFormats="0" applyFontFormats="0" applyPatternFormats="0" ` +
    `applyAlignmentFormats="0" applyWidthHeightFormats="1" dataCaption="${escapeXml(spec.texts.count)}" grandTotalCaption="${escapeXml(spec.texts.total)}" updatedVersion="6" minRefreshableVersion="3" itemPrintTitles="1" createdVersion="6" ` +
    `indent="0" outline="1" outlineData="1" multipleFieldFilters="0" rowHeaderCaption="${escapeXml(spec.rows)}" colHeaderCaption="${escapeXml(spec.columns)}">` +
    `<location ref="${formatArea({ top, left, bottom, right })}" firstHeaderRow="1" firstDataRow="2" firstDataCol="1"${spec.filter ? ' rowPageCount="1" colPageCount="1"' : ""}/>` +
    `<pivotFields count="${fields.length}">${fields.join("")}</pivotFields>` +
    `<rowFields count="1"><field x="${down}"/></rowFields>${axisItems("rowItems", shownRows)}` +
    `<colFields count="1"><field x="${across}"/></colFields>${axisItems("colItems", shownColumns)}` +
    (filterColumn === undefined
      ? ""
      : `<pageFields count="1"><pageField fld="${filterColumn}"${filterItem >= 0 ? ` item="${filterItem}"` : ""} hier="-1"/></pageFields>`) +
    `<dataFields count="1"><dataField name="${escapeXml(spec.texts.count)}" fld="${counted}" subtotal="count" baseField="0" baseItem="0"/></dataFields>` +
    '<pivotTableStyleInfo name="PivotStyleMedium2" showRowHeaders="1" showColHeaders="1" showRowStripes="0" showColStripes="0" showLastColumn="1"/></pivotTableDefinition>';
  return { pivot: { cache: base.cache, markup }, rows, total, width: right - left + 1 };
}

function indexOf(source: PivotSource, header: string): number {
  const found = source.headers.indexOf(header);
  if (found < 0)
    throw new Error(`the pivot's source has no column ${header} (${columnLetters(source.headers.length)})`);
  return found;
}
