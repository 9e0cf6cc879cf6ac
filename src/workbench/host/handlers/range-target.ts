import { checked, type Area } from "../address.js";
import type { Book } from "../book.js";
import { HostError } from "../host-error.js";
import type { Movable } from "../grid.js";
import type { SheetModel } from "../workbook-model.js";

/** Excel's own limit on reading a range, on all platforms. */
const MAX_CELLS_READ = 5_000_000;

/** A range: a rectangle of one sheet. Kept by a client it moves with its cells, so the area can change. */
export class RangeTarget implements Movable {
  constructor(
    readonly book: Book,
    private readonly model: SheetModel,
    public area: Area,
  ) {}

  /** Throws HostError `ItemNotFound` once the sheet is gone. */
  get sheet(): SheetModel {
    return this.book.live(this.model);
  }

  /** A range of the same sheet. Throws HostError `InvalidArgument` if it doesn't lie on it. */
  with(change: Partial<Area>): RangeTarget {
    return new RangeTarget(this.book, this.model, checked({ ...this.area, ...change }));
  }

  /** Something for every cell, as rows. Throws HostError `RangeExceedsLimit` above five million cells. */
  map<Value>(read: (row: number, column: number) => Value): Value[][] {
    const { row, column, rows, columns } = this.area;
    if (rows * columns > MAX_CELLS_READ) {
      throw new HostError("RangeExceedsLimit", "The range has more cells than can be read at once.");
    }
    return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => read(row + i, column + j)));
  }

  /**
   * The rows on which something can stand: a format set on whole columns isn't kept for a million blank rows.
   * Small ranges are kept in full.
   */
  get touchedRows(): number {
    const { row, rows } = this.area;
    return rows <= 20_000 ? rows : Math.max(0, Math.min(rows, this.sheet.rows.length - row));
  }
}
