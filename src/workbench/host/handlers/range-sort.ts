import type { Area } from "../address.js";
import type { Book } from "../book.js";
import { reorderRows, sortOrder } from "../grid.js";
import { invalidArgument } from "../host-error.js";
import { HostObject, type TypeSpec } from "../host-object.js";
import { isList, isObject, type Json } from "../wire.js";
import type { SheetModel } from "../workbook-model.js";
import type { RangeTarget } from "./range-target.js";

/** Sorting an area, whether a range's own or a table's body. */

export function rangeSort(range: RangeTarget): HostObject {
  return HostObject.of(SORT, range);
}

const SORT: TypeSpec<RangeTarget> = {
  name: "RangeSort",
  methods: {
    apply: (range, args) => {
      const fields = args.json(0);
      range.book.assertAllowed(range.sheet, "allowSort");
      const head = args.flag(2, false) ? 1 : 0;
      sortArea(
        range.book,
        range.sheet,
        { ...range.area, row: range.area.row + head, rows: range.area.rows - head },
        fields,
      );
      return undefined;
    },
  },
};

/** Sorts an area by sort fields (`[{key, ascending}]`), the last one first, since sorting is stable. */
export function sortArea(book: Book, sheet: SheetModel, area: Area, fields: Json): void {
  if (!isList(fields)) throw invalidArgument();
  for (const field of fields.toReversed()) {
    if (!isObject(field) || typeof field.key !== "number") throw invalidArgument();
    reorderRows(sheet, area, sortOrder(sheet, area, field.key, field.ascending !== false));
  }
  book.changed(sheet, area);
}
