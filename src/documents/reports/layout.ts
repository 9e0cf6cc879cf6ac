import stringWidth from "string-width";
import type { Look, Page, PageArea, PageCell, PageChart, PageRow } from "../../ledger/page.js";
import { chartMarkup } from "../charts/chart-parts.js";
import type {
  Block,
  BlockFormat,
  BlockValue,
  Figure,
  ReportSheet,
  TableBlock,
  TableChart,
  TableColumn,
} from "./blocks.js";

/**
 * Lays a report out on A4: a grid of narrow columns over which each table spreads its own. Cells merged across the grid
 * don't grow with their text in Excel, so the height of each row is worked out here.
 */

/** Columns of the grid, and the width of one in characters: together the width of an A4 page, in whatever font a workbook measures characters. */
export const GRID = 24;
const UNIT_WIDTH = 3.45;
/** Half-width characters of body text that fit over one grid column. */
const CHARACTERS = 4.3;

const BODY = "宋体";
const DISPLAY = "微软雅黑";
const ACCENT = "FF1F5C99";
const GREY = "FF6B7280";
const LINE = "FFBFC7D1";
const TINT = "FFEAF1F8";

const LOOKS = {
  organisation: { font: DISPLAY, size: 10, color: GREY, horizontal: "center" },
  title: { font: DISPLAY, size: 18, bold: true, color: ACCENT, horizontal: "center" },
  meta: { font: BODY, size: 9, color: GREY, horizontal: "left" },
  metaRight: { font: BODY, size: 9, color: GREY, horizontal: "right" },
  section: { font: DISPLAY, size: 11, bold: true, color: ACCENT, underline: ACCENT, horizontal: "left" },
  header: {
    font: DISPLAY,
    size: 9,
    bold: true,
    color: "FFFFFFFF",
    fill: ACCENT,
    box: LINE,
    horizontal: "center",
    wrap: true,
  },
  note: { font: BODY, size: 8, color: GREY, horizontal: "left", vertical: "top", wrap: true },
  cardLabel: { font: BODY, size: 9, color: GREY, fill: TINT, horizontal: "center" },
  cardNote: { font: BODY, size: 8, color: GREY, fill: TINT, horizontal: "center" },
  signature: { font: BODY, size: 10, horizontal: "left", vertical: "bottom" },
} as const satisfies Record<string, Look>;

function valueLook(format: BlockFormat, total: boolean): Look {
  return {
    font: BODY,
    size: 9,
    box: LINE,
    horizontal: format === "text" ? "left" : format === "datetime" ? "center" : "right",
    ...(format === "text" || format === "figure" ? { wrap: true } : { format }),
    ...(total ? { bold: true, fill: TINT } : {}),
  };
}

function cardLook(format: BlockFormat): Look {
  return {
    font: DISPLAY,
    size: 15,
    bold: true,
    color: ACCENT,
    fill: TINT,
    horizontal: "center",
    ...(format === "text" || format === "figure" ? {} : { format }),
  };
}

/** Looks of pivot cells, so that they match the tables. */
export const PIVOT_LOOKS = {
  header: { ...LOOKS.header, wrap: false },
  label: { ...valueLook("text", false), wrap: false },
  count: valueLook("integer", false),
  total: valueLook("integer", true),
} as const satisfies Record<string, Look>;

/** Height of a text over so many grid columns, in points. */
function heightOf(text: BlockValue, units: number, size = 9, least = 17): number {
  if (typeof text !== "string") return least;
  const room = Math.max(1, ((units * CHARACTERS - 1) * 9) / size);
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / room)), 0);
  return Math.max(least, lines * (size + 3.5) + 4);
}

/** Grid columns without which a value of a kind shows as `###`. */
const LEAST: Readonly<Record<BlockFormat, number>> = {
  text: 1,
  figure: 1,
  integer: 1,
  decimal: 1,
  percent: 2,
  money: 3,
  datetime: 4,
};

/** Whole grid columns in proportion to weights, at least so many each as `least` says. */
function spread(weights: readonly number[], units: number, least: readonly number[] = weights.map(() => 1)): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const shares = weights.map((weight, i) => Math.max(least[i]!, Math.floor((weight / sum) * units)));
  const order = weights
    .map((weight, i) => ({ i, rest: (weight / sum) * units - shares[i]! }))
    .sort((a, b) => b.rest - a.rest);
  for (let left = units - shares.reduce((a, b) => a + b, 0), k = 0; left !== 0; k++) {
    const { i } = left > 0 ? order[k % order.length]! : order.at(-1 - (k % order.length))!;
    if (left > 0) {
      shares[i]!++;
      left--;
    } else if (shares[i]! > least[i]!) {
      shares[i]!--;
      left++;
    } else if (shares.every((share, j) => share <= least[j]!)) break;
  }
  return shares;
}

/** Rows of a long table that stay with its heading: the heading's three, the header and a few lines. */
const TOGETHER = 7;

interface DrawnTable {
  readonly first: number;
  readonly lefts: readonly number[];
}

/** Heights in points: what an A4 page between its margins holds at the scale reports are printed in, and the titles on it. */
const SCALE = 90;
/** A little less than there is: printers round differently. */
const PAGE_HEIGHT = (((11.69 - 0.6 - 0.7) * 72 * 100) / SCALE) * 0.985;
/** A block lower than this share of a page is never torn. */
const SHORT = 0.45;
const DEFAULT_HEIGHT = 16;

class Paper {
  private readonly cells = new Map<number, PageCell[]>();
  private readonly heights = new Map<number, number>();
  readonly merges: PageArea[] = [];
  readonly charts: PageChart[] = [];
  row = 1;

  put(row: number, left: number, units: number, value: BlockValue, look: Look, down = 1): void {
    for (let r = row; r < row + down; r++) {
      const cells = this.cells.get(r) ?? [];
      this.cells.set(r, cells);
      for (let column = left; column < left + units; column++) {
        const holds = r === row && column === left && value !== undefined;
        cells.push({ column, look, ...(holds ? { value } : {}) });
      }
    }
    if (units > 1 || down > 1) this.merges.push({ top: row, left, bottom: row + down - 1, right: left + units - 1 });
  }

  atLeast(row: number, height: number): void {
    this.heights.set(row, Math.max(this.heights.get(row) ?? 0, Math.round(height * 4) / 4));
  }

  /**
   * Rows before which a page ends: so that no chart or short table is torn in two, and no heading parted from its table.
   * Breaks inside long tables are set too, else a printer that finds room for one row more would undo the reckoning.
   * `starts`: the first row of each block, and how many rows after it must stay with it.
   */
  breaks(starts: readonly { readonly row: number; readonly together: number }[], titleRows: number): number[] {
    const sum = (first: number, last: number): number => {
      let height = 0;
      for (let row = first; row <= last; row++) height += this.heights.get(row) ?? DEFAULT_HEIGHT;
      return height;
    };
    const titles = sum(1, titleRows);
    const breaks: number[] = [];
    let at = titles;
    const breakBefore = (row: number): void => {
      breaks.push(row);
      at = titles;
    };
    starts.forEach(({ row, together }, i) => {
      const end = (starts[i + 1]?.row ?? this.row) - 1;
      const whole = sum(row, end);
      const kept = whole < PAGE_HEIGHT * SHORT ? whole : sum(row, Math.min(end, row + together));
      if (at + kept > PAGE_HEIGHT && at > titles) breakBefore(row);
      for (let r = row; r <= end; r++) {
        const height = sum(r, r);
        // A total or a note does not stand alone on a new page.
        const tail = r === end - 1 ? sum(end, end) : 0;
        if (at + height + tail > PAGE_HEIGHT && at > titles) breakBefore(r);
        at += height;
      }
    });
    return breaks;
  }

  rows(): PageRow[] {
    const numbers = new Set([...this.cells.keys(), ...this.heights.keys()]);
    return [...numbers]
      .sort((a, b) => a - b)
      .map((row) => {
        const height = this.heights.get(row);
        const cells = [...(this.cells.get(row) ?? [])].sort((a, b) => a.column - b.column);
        return { row, cells, ...(height === undefined ? {} : { height }) };
      });
  }

  section(title: string): void {
    this.atLeast(this.row, 8);
    this.row++;
    this.put(this.row, 1, GRID, title, LOOKS.section);
    this.atLeast(this.row, 20);
    this.row++;
    this.atLeast(this.row, 4);
    this.row++;
  }

  figures(figures: readonly Figure[]): void {
    const perLine = 6;
    const units = GRID / perLine;
    for (let at = 0; at < figures.length; at += perLine) {
      const line = figures.slice(at, at + perLine);
      line.forEach(({ label, value, format, note }, i) => {
        const left = 1 + i * units;
        this.put(this.row, left, units, label, LOOKS.cardLabel);
        const known = value ?? "—";
        this.put(this.row + 1, left, units, known, cardLook(typeof known === "string" ? "text" : format));
        this.put(this.row + 2, left, units, note, LOOKS.cardNote);
      });
      this.atLeast(this.row, 18);
      this.atLeast(this.row + 1, 26);
      this.atLeast(this.row + 2, 16);
      this.atLeast(this.row + 3, 5);
      this.row += 4;
    }
  }

  /** Draws at a row without moving on; the caller knows what stands beside it. */
  table(table: TableBlock, top: number, left: number, units: number): DrawnTable {
    const shares = spread(
      table.columns.map(({ weight }) => weight),
      units,
      table.columns.map(({ format }) => LEAST[format]),
    );
    const lefts = shares.map((_, i) => left + shares.slice(0, i).reduce((a, b) => a + b, 0));
    const line = (row: number, values: readonly BlockValue[], look: (column: TableColumn) => Look, size = 9): void => {
      table.columns.forEach((column, i) => {
        this.put(row, lefts[i]!, shares[i]!, values[i], look(column));
        this.atLeast(row, heightOf(values[i], shares[i]!, size));
      });
    };
    line(
      top,
      table.columns.map(({ header }) => header),
      () => LOOKS.header,
      10,
    );
    let row = top + 1;
    if (table.rows.length === 0) {
      this.put(row, left, units, table.empty, { ...valueLook("text", false), horizontal: "center", color: GREY });
      this.atLeast(row++, 20);
    }
    for (const values of table.rows) line(row++, values, ({ format }) => valueLook(format, false));
    if (table.total) line(row++, table.total, ({ format }) => valueLook(format, true));
    if (table.note !== undefined) {
      this.put(row, left, units, table.note, LOOKS.note);
      this.atLeast(row, heightOf(table.note, units, 8, 14));
      row++;
    }
    return { first: top + 1, lefts };
  }

  static rowsOf(table: TableBlock): number {
    return 1 + Math.max(1, table.rows.length) + (table.total ? 1 : 0) + (table.note === undefined ? 0 : 1);
  }

  charted(table: TableBlock, chart: TableChart): void {
    const tableUnits = 10;
    const top = this.row;
    const drawn = this.table(table, top, 1, tableUnits);
    const rows = Math.max(Paper.rowsOf(table), 13);
    for (let row = top; row < top + rows; row++) this.atLeast(row, 17);
    if (table.rows.length > 0) {
      const charted = table.rows.slice(0, chart.rows ?? table.rows.length);
      const last = drawn.first + charted.length - 1;
      const range = (column: number) => ({ column: drawn.lefts[column]!, first: drawn.first, last });
      const markup = (sheet: string): string =>
        chartMarkup(
          {
            kind: chart.kind,
            title: chart.title,
            categories: {
              range: range(chart.labels),
              labels: charted.map((row) => String(row[chart.labels] ?? "")),
            },
            series: chart.series.map(({ column, color }) => ({
              name: table.columns[column]!.header,
              range: range(column),
              values: charted.map((row) => Number(row[column] ?? 0)),
              color,
            })),
          },
          sheet,
        );
      const area = { top, left: tableUnits + 2, bottom: top + rows - 1, right: GRID };
      this.charts.push({ name: chart.name, area, markup });
    }
    this.row = top + rows;
  }

  block(block: Block): void {
    switch (block.kind) {
      case "figures":
        this.section(block.title);
        this.figures(block.figures);
        return;
      case "table":
        this.section(block.title);
        this.table(block, this.row, 1, GRID);
        this.row += Paper.rowsOf(block);
        return;
      case "pair": {
        // Both headings stand on one line, a gap of one grid column between the halves.
        this.atLeast(this.row, 8);
        this.row++;
        this.put(this.row, 1, 11, block.left.title, LOOKS.section);
        this.put(this.row, 13, 12, block.right.title, LOOKS.section);
        this.atLeast(this.row, 20);
        this.atLeast(this.row + 1, 4);
        this.row += 2;
        this.table(block.left, this.row, 1, 11);
        this.table(block.right, this.row, 13, 12);
        this.row += Math.max(Paper.rowsOf(block.left), Paper.rowsOf(block.right));
        return;
      }
      case "charted":
        this.section(block.table.title);
        this.charted(block.table, block.chart);
        return;
      case "notes":
        this.section(block.title);
        for (const text of block.lines) {
          this.put(this.row, 1, GRID, text, LOOKS.note);
          this.atLeast(this.row, heightOf(text, GRID, 8, 14));
          this.row++;
        }
        return;
      case "signatures": {
        this.atLeast(this.row, 14);
        this.row++;
        const shares = spread(
          block.labels.map(() => 1),
          GRID,
        );
        block.labels.forEach((label, i) => {
          const left = 1 + shares.slice(0, i).reduce((a, b) => a + b, 0);
          this.put(this.row, left, shares[i]!, `${label}：`, LOOKS.signature);
        });
        this.atLeast(this.row, 30);
        this.row++;
      }
    }
  }
}

const TITLE_ROWS = 4;

/** A report's sheet as a page. The titles are repeated on every printed page. */
export function reportPage(sheet: ReportSheet): Page {
  const paper = new Paper();
  paper.put(1, 1, GRID, sheet.organisation, LOOKS.organisation);
  paper.atLeast(1, 18);
  paper.put(2, 1, GRID, sheet.title, LOOKS.title);
  paper.atLeast(2, 32);
  const [left, right] = sheet.meta;
  const leftUnits = spread([stringWidth(left) + 1, stringWidth(right) + 1], GRID)[0]!;
  paper.put(3, 1, leftUnits, left, LOOKS.meta);
  paper.put(3, 1 + leftUnits, GRID - leftUnits, right, LOOKS.metaRight);
  paper.atLeast(3, 18);
  paper.put(4, 1, GRID, sheet.remark, LOOKS.meta);
  paper.atLeast(4, sheet.remark === undefined ? 4 : 16);
  paper.row = TITLE_ROWS + 1;
  const starts = sheet.blocks.map((block) => {
    const row = paper.row;
    paper.block(block);
    return { row, together: block.kind === "charted" ? Infinity : TOGETHER };
  });
  return {
    key: sheet.key,
    name: sheet.name,
    widths: Array.from({ length: GRID }, () => UNIT_WIDTH),
    rows: paper.rows(),
    merges: paper.merges,
    printArea: { top: 1, left: 1, bottom: Math.max(4, paper.row - 1), right: GRID },
    titleRows: { first: 1, last: TITLE_ROWS },
    breaks: paper.breaks(starts, TITLE_ROWS),
    scale: SCALE,
    footer: sheet.footer,
    charts: paper.charts,
    pivots: [],
  };
}
