import type { Area } from "../address.js";
import type { Book } from "../book.js";
import { applyFilters } from "../grid.js";
import type { HostObject } from "../host-object.js";
import { bodyArea, type SheetModel, type TableModel } from "../workbook-model.js";
import { rangeOf } from "./range.js";
import { RangeTarget } from "./range-target.js";

/** A table as its own objects see it, and those of its columns and rows. */
export class TableTarget {
  constructor(
    readonly book: Book,
    readonly table: TableModel,
  ) {}

  /** Throws HostError `ItemNotFound` once the table is gone. */
  get sheet(): SheetModel {
    return this.book.sheetOf(this.table);
  }

  get body(): Area {
    return bodyArea(this.table);
  }

  range(area: Area): RangeTarget {
    return new RangeTarget(this.book, this.sheet, area);
  }

  open(area: Area): HostObject {
    return rangeOf(this.book, this.sheet, area);
  }
}

/** Shows and hides rows as the table's filters say. */
export function refilter({ book, sheet, table }: TableTarget): void {
  applyFilters(sheet, table, (row, column) => book.textAt(sheet, row, column));
}
