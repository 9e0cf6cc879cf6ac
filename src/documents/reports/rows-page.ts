import { toSerial, type WallTime } from "../../domain/wall-time.js";
import type { Look, Page, PageLink, PageRow } from "../../ooxml/pages/page.js";
import type { ReportPage } from "./layout.js";
import { leading, LOOKS, valueLook } from "./looks.js";
import type { CountedCell } from "./paper.js";
import type { ReportCase } from "./report-case.js";
import type { RowsBehind } from "./rows-behind.js";
import type { ReportText } from "./texts.js";

/** Where the row of a case stands: on a sheet of the workbook that holds the report, or only somewhere else. */
export interface RowPlace {
  /** As people are told of it: 12, 三月!12. */
  readonly text: string;
  readonly at: { readonly sheet: string; readonly row: number } | undefined;
}

export interface RowsPageOptions {
  /** Of the period: 2026-03. */
  readonly key: string;
  readonly cases: readonly ReportCase[];
  readonly placeOf: (row: number) => RowPlace;
  readonly footer: string;
  readonly t: ReportText;
}

/** Cases listed for one figure, and on the whole page: Excel follows at most 65,530 links on a sheet. */
const MOST = { ofFigure: 2_000, ofPage: 50_000 } as const;
/** Characters of the row numbers that are told instead of listed. */
const LONGEST_RANGES = 2_000;
const NAMES = 3;
const WIDTHS = [8, 30, 15, 12, 12, 9, 15];
const HEADER_ROW = 3;
const SCALE = 70;

/**
 * The pages of a report, each figure leading to the rows it was counted from, and the page on which these stand: figures
 * of the same rows share a list, and each line leads on to the row itself.
 */
export function withRowsPage(pages: readonly ReportPage[], options: RowsPageOptions): Page[] {
  const key = `rows ${options.key}`;
  const list = new RowsList(options);
  const linked = pages.map(({ counted, ...page }): Page => {
    const links = counted.map((cell): PageLink => {
      const row = list.placeFor(cell, page.key);
      const tip = options.t("rows.tip", { n: cell.rows.length });
      return { row: cell.row, column: cell.column, to: { page: key, row, column: 1 }, tip };
    });
    return { ...page, links };
  });
  return list.empty ? linked : [...linked, list.page(key)];
}

class RowsList {
  private readonly rows: PageRow[] = [];
  private readonly links: PageLink[] = [];
  /** The heading's row of each list, by the numbers of its rows. */
  private readonly lists = new Map<string, { readonly heading: number; readonly names: string[] }>();
  private readonly cases: ReadonlyMap<number, ReportCase>;
  private next = HEADER_ROW + 1;
  private listed = 0;

  constructor(private readonly options: RowsPageOptions) {
    this.cases = new Map(options.cases.map((c) => [c.row, c]));
  }

  get empty(): boolean {
    return this.lists.size === 0;
  }

  /** The row on which the list of a figure begins; the list is made where there is none of the same rows. */
  placeFor(cell: CountedCell, page: string): number {
    const key = cell.rows.join(",");
    const known = this.lists.get(key);
    if (known) {
      known.names.push(cell.name);
      return known.heading;
    }
    const heading = this.next;
    this.lists.set(key, { heading, names: [cell.name] });
    this.links.push({ row: heading, column: 1, to: { page, row: cell.row, column: cell.column } });
    this.next++;
    this.list(cell.rows);
    this.next++;
    return heading;
  }

  private list(rows: RowsBehind): void {
    const room = Math.max(0, Math.min(MOST.ofFigure, MOST.ofPage - this.listed));
    for (const row of rows.slice(0, room)) {
      const one = this.cases.get(row);
      if (one) this.line(one);
    }
    this.listed += Math.min(rows.length, room);
    const rest = rows.slice(room);
    if (rest.length === 0) return;
    const value = this.options.t("rows.more", { n: rest.length, rows: this.ranges(rest) });
    this.rows.push({ row: this.next++, cells: [{ column: 1, value, look: { ...LOOKS.note, wrap: false } }] });
  }

  private line({ row, name, inputs, outputs }: ReportCase): void {
    const { text, at } = this.options.placeOf(row);
    const time = (value: WallTime | undefined): number | undefined =>
      value === undefined ? undefined : toSerial(value);
    const values: [string | number | undefined, Look][] = [
      [text, at ? leading(TEXT) : TEXT],
      [name, TEXT],
      [time(inputs.receivedAt), TIME],
      [outputs.category, TEXT],
      [outputs.department, TEXT],
      [outputs.status, TEXT],
      [time(inputs.closeAt), TIME],
    ];
    const cells = values.map(([value, look], i) => ({
      column: i + 1,
      look,
      ...(value === undefined ? {} : { value }),
    }));
    this.rows.push({ row: this.next, cells });
    if (at) this.links.push({ row: this.next, column: 1, to: { sheet: at.sheet, row: at.row, column: 1 } });
    this.next++;
  }

  /** 5–9、12, as far as there is room. */
  private ranges(rows: RowsBehind): string {
    const parts: string[] = [];
    let length = 0;
    for (let i = 0; i < rows.length && length < LONGEST_RANGES;) {
      let end = i;
      while (rows[end + 1] === rows[end]! + 1) end++;
      const [first, last] = [rows[i]!, rows[end]!].map((row) => this.options.placeOf(row).text);
      const part = i === end ? first! : `${first!}–${last!}`;
      parts.push(part);
      length += part.length + 1;
      i = end + 1;
    }
    return `${parts.join("、")}${length < LONGEST_RANGES ? "" : "…"}`;
  }

  page(key: string): Page {
    const { t, footer } = this.options;
    const headings = [...this.lists].map(([rows, { heading, names }]): PageRow => {
      const more = names.length > NAMES ? t("rows.others", { n: names.length - NAMES }) : "";
      const n = rows.split(",").length;
      const value = t("rows.heading", { names: names.slice(0, NAMES).join("；") + more, n });
      return { row: heading, height: 24, cells: [{ column: 1, value, look: LOOKS.section }] };
    });
    const headers = ["rows.row", "id", "receivedAt", "category", "department", "status", "rows.closedAt"] as const;
    const top: PageRow[] = [
      {
        row: 1,
        height: 28,
        cells: [{ column: 1, value: t("rows.title", { key: this.options.key }), look: LOOKS.title }],
      },
      { row: 2, height: 18, cells: [{ column: 1, value: t("rows.hint"), look: LOOKS.meta }] },
      {
        row: HEADER_ROW,
        cells: headers.map((header, i) => ({ column: i + 1, value: t(header), look: LOOKS.header })),
      },
    ];
    const right = WIDTHS.length;
    const merged = [1, 2, ...[...this.lists.values()].map(({ heading }) => heading)];
    return {
      key,
      name: t("rows.sheet", { key: this.options.key }),
      widths: WIDTHS,
      rows: [...top, ...[...headings, ...this.rows].sort((a, b) => a.row - b.row)],
      merges: merged.map((row) => ({ top: row, left: 1, bottom: row, right })),
      printArea: { top: 1, left: 1, bottom: Math.max(HEADER_ROW, this.next - 1), right },
      titleRows: { first: 1, last: HEADER_ROW },
      breaks: [],
      scale: SCALE,
      footer,
      charts: [],
      pivots: [],
      links: this.links,
    };
  }
}

const TEXT: Look = { ...valueLook("text", false), wrap: false };
const TIME = valueLook("datetime", false);
