import { chartMarkup } from "../../ooxml/pages/chart-parts.js";
import type { Look, PageArea, PageCell, PageChart, PageRow } from "../../ooxml/pages/page.js";
import type { Block, BlockValue, Figure, LineBehind, TableBlock, TableChart } from "./blocks.js";
import { columnsOf, GRID, heightOf, LEAST_HEIGHT, lineHeight, spread, type PlacedColumn } from "./grid.js";
import { cardLook, GREY, leading, LOOKS, valueLook, WHITE } from "./looks.js";
import { figureName, type RowsBehind } from "./rows-behind.js";

const HEADER_SIZE = 9;
const EMPTY_HEIGHT = 20;
/** Room above a heading is part of its row: pivot tables stand beside the page, and in a lower row their lines would be cut. */
const HEADING_HEIGHT = 32;
/** A gap, and the line to sign on. */
export const SIGNATURE_HEIGHTS = [LEAST_HEIGHT, 30] as const;

function headersOf({ columns }: TableBlock): string[] {
  return columns.map(({ header }) => header);
}

/** A figure on the page with the rows it was counted from. */
export interface CountedCell {
  readonly row: number;
  readonly column: number;
  /** What the figure is: its table, line and column. */
  readonly name: string;
  readonly rows: RowsBehind;
}

interface DrawnTable {
  readonly first: number;
  readonly lefts: readonly number[];
}

/** Heights in points: what an A4 page between its margins holds at the scale reports are printed in, and the titles on it. */
export const SCALE = 90;
/** A little less than there is: printers round differently. */
const PAGE_HEIGHT = (((11.69 - 0.6 - 0.7) * 72 * 100) / SCALE) * 0.985;
/** A table lower than this share of a page is never torn. */
const SHORT = 0.5;
/** Lines of a torn table that stay with its heading. */
const FIRST_LINES = 3;
const DEFAULT_HEIGHT = 16;

/** A page being filled: blocks are set one below the other, page by page. */
export class Paper {
  private readonly cells = new Map<number, PageCell[]>();
  private readonly heights = new Map<number, number>();
  readonly merges: PageArea[] = [];
  readonly charts: PageChart[] = [];
  readonly counted: CountedCell[] = [];
  /** Rows before which a page ends. */
  readonly breaks: number[] = [];
  row = 1;
  /** Points taken on the page that is being filled, and by the titles that each page repeats. */
  private used = 0;
  private titles = 0;

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

  /** Remembers what a figure was counted from, if it was from any row. */
  private count(column: number, rows: RowsBehind | undefined, name: string, row = this.row): boolean {
    if (rows === undefined || rows.length === 0) return false;
    this.counted.push({ row, column, name, rows });
    return true;
  }

  atLeast(row: number, height: number): void {
    this.heights.set(row, Math.max(this.heights.get(row) ?? 0, Math.round(height * 4) / 4));
  }

  /** The titles are there; what comes now is set page by page below them. */
  begin(): void {
    this.titles = this.used = this.heightOfRows(1, this.row - 1);
  }

  /**
   * Sets a block on the page, or on the next one if it has no room: no chart or short table is torn in two, no heading is
   * parted from its table, and a long table has its header on each of its pages. Breaks inside long tables are set too,
   * else a printer that finds room for one row more would undo the reckoning.
   * `reserved`: points that must be left below, for what may not stand alone on a page.
   */
  place(block: Block, reserved: number): void {
    if (block.kind === "table") {
      this.placeTable(block, reserved);
      return;
    }
    const start = this.row;
    this.block(block);
    const height = this.heightOfRows(start, this.row - 1);
    if (this.used + height + reserved > PAGE_HEIGHT && this.used > this.titles) this.breakBefore(start);
    if (this.used + height <= PAGE_HEIGHT) {
      this.used += height;
      return;
    }
    for (let row = start; row < this.row; row++) {
      const own = this.heightOfRows(row, row);
      if (this.used + own > PAGE_HEIGHT) this.breakBefore(row);
      this.used += own;
    }
  }

  private placeTable(table: TableBlock, reserved: number): void {
    const columns = columnsOf(table, 1, GRID);
    const header = lineHeight(columns, headersOf(table), HEADER_SIZE);
    const rows = table.rows.map((values) => lineHeight(columns, values));
    const note = table.note === undefined ? 0 : heightOf(table.note, GRID, 8);
    const end = (table.total ? lineHeight(columns, table.total) : 0) + note + reserved;
    const body = rows.length === 0 ? EMPTY_HEIGHT : rows.reduce((a, b) => a + b, 0);
    const whole = HEADING_HEIGHT + header + body + end;
    const left = PAGE_HEIGHT - this.used;
    const torn = whole > left && whole > PAGE_HEIGHT * SHORT;
    const first = HEADING_HEIGHT + header + rows.slice(0, FIRST_LINES).reduce((a, b) => a + b, 0);
    if ((torn ? first : whole) > left && this.used > this.titles) this.breakBefore(this.row);

    const start = this.row;
    this.section(table.title);
    this.headers(table, columns);
    this.used += this.heightOfRows(start, this.row - 1);
    if (rows.length === 0) this.emptyLine(table, 1, GRID);
    table.rows.forEach((_, i) => {
      // A total or a note does not stand alone on a new page.
      const tail = i === rows.length - 1 ? end : 0;
      if (torn && this.used + rows[i]! + tail > PAGE_HEIGHT && this.used > this.titles) {
        this.breakBefore(this.row);
        this.headers(table, columns);
        this.used += header;
      }
      this.line(table, columns, i);
      this.used += rows[i]!;
    });
    this.closing(table, columns, 1, GRID);
    this.used += end - reserved + (rows.length === 0 ? EMPTY_HEIGHT : 0);
  }

  private breakBefore(row: number): void {
    this.breaks.push(row);
    this.used = this.titles;
  }

  private heightOfRows(first: number, last: number): number {
    let height = 0;
    for (let row = first; row <= last; row++) height += this.heights.get(row) ?? DEFAULT_HEIGHT;
    return height;
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
    this.put(this.row, 1, GRID, title, LOOKS.section);
    this.atLeast(this.row++, HEADING_HEIGHT);
  }

  figures(title: string, figures: readonly Figure[]): void {
    const perLine = 6;
    const units = GRID / perLine;
    for (let at = 0; at < figures.length; at += perLine) {
      const line = figures.slice(at, at + perLine);
      const noted = line.some(({ note }) => note !== undefined);
      line.forEach(({ label, value, format, note, behind }, i) => {
        const left = 1 + i * units;
        if (value !== undefined) this.count(left, behind, figureName(title, undefined, label), this.row + 1);
        this.put(this.row, left, units, label, LOOKS.cardLabel);
        const known = value ?? "—";
        const look = cardLook(typeof known === "string" ? "text" : format);
        // A white line parts the cards from those below.
        this.put(this.row + 1, left, units, known, noted ? look : { ...look, underline: WHITE });
        if (noted) this.put(this.row + 2, left, units, note, { ...LOOKS.cardNote, underline: WHITE });
      });
      this.atLeast(this.row, 20);
      this.atLeast(this.row + 1, 28);
      if (noted) this.atLeast(this.row + 2, 17);
      this.row += noted ? 3 : 2;
    }
  }

  /** Draws a table from the present row on, over so many grid columns. */
  table(table: TableBlock, left: number, units: number): DrawnTable {
    const columns = columnsOf(table, left, units);
    this.headers(table, columns);
    const first = this.row;
    if (table.rows.length === 0) this.emptyLine(table, left, units);
    table.rows.forEach((_, i) => {
      this.line(table, columns, i);
    });
    this.closing(table, columns, left, units);
    return { first, lefts: columns.map((column) => column.left) };
  }

  private headers(table: TableBlock, columns: readonly PlacedColumn[]): void {
    headersOf(table).forEach((text, i) => {
      this.put(this.row, columns[i]!.left, columns[i]!.units, text, LOOKS.header);
    });
    this.atLeast(this.row++, lineHeight(columns, headersOf(table), HEADER_SIZE));
  }

  /** A line of a table; the one behind its last is the total. */
  private line(table: TableBlock, columns: readonly PlacedColumn[], at: number): void {
    const values = table.rows[at] ?? table.total ?? [];
    const behind: LineBehind = table.behind?.[at] ?? [];
    columns.forEach(({ left, units, format, header }, i) => {
      const look = valueLook(format, at === table.rows.length);
      const leads = values[i] !== undefined && this.count(left, behind[i], figureName(table.title, values[0], header));
      this.put(this.row, left, units, values[i], leads ? leading(look) : look);
    });
    this.atLeast(this.row++, lineHeight(columns, values));
  }

  private emptyLine(table: TableBlock, left: number, units: number): void {
    this.put(this.row, left, units, table.empty, { ...valueLook("text", false), horizontal: "center", color: GREY });
    this.atLeast(this.row++, EMPTY_HEIGHT);
  }

  private closing(table: TableBlock, columns: readonly PlacedColumn[], left: number, units: number): void {
    if (table.total) this.line(table, columns, table.rows.length);
    if (table.note === undefined) return;
    this.put(this.row, left, units, table.note, LOOKS.note);
    this.atLeast(this.row++, heightOf(table.note, units, 8));
  }

  static rowsOf(table: TableBlock): number {
    return 1 + Math.max(1, table.rows.length) + (table.total ? 1 : 0) + (table.note === undefined ? 0 : 1);
  }

  charted(table: TableBlock, chart: TableChart): void {
    const tableUnits = 10;
    const top = this.row;
    const drawn = this.table(table, 1, tableUnits);
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
        this.figures(block.title, block.figures);
        return;
      case "table":
        this.section(block.title);
        this.table(block, 1, GRID);
        return;
      case "pair": {
        // Both headings stand on one line, a gap of one grid column between the halves.
        this.put(this.row, 1, 11, block.left.title, LOOKS.section);
        this.put(this.row, 13, 12, block.right.title, LOOKS.section);
        this.atLeast(this.row++, HEADING_HEIGHT);
        const top = this.row;
        this.table(block.left, 1, 11);
        const bottom = this.row;
        this.row = top;
        this.table(block.right, 13, 12);
        this.row = Math.max(bottom, this.row);
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
          this.atLeast(this.row, heightOf(text, GRID, 8));
          this.row++;
        }
        return;
      case "signatures": {
        this.atLeast(this.row, SIGNATURE_HEIGHTS[0]);
        this.row++;
        const shares = spread(
          block.labels.map(() => 1),
          GRID,
        );
        block.labels.forEach((label, i) => {
          const left = 1 + shares.slice(0, i).reduce((a, b) => a + b, 0);
          this.put(this.row, left, shares[i]!, `${label}：`, LOOKS.signature);
        });
        this.atLeast(this.row, SIGNATURE_HEIGHTS[1]);
        this.row++;
      }
    }
  }
}
