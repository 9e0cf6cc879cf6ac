import { qualified } from "./dialect.js";
import type { TextPatch } from "./xml/patch.js";
import { attribute, child, childrenNamed, type XmlElement } from "./xml/tree.js";

/** Gives columns a width in characters; a `col` that covers others as well is split around them, its other attributes kept. */
export function setColumnWidths(
  patch: TextPatch,
  worksheet: XmlElement,
  widths: ReadonlyMap<number, number>,
  order: readonly string[],
): void {
  const columns = [...widths].sort(([a], [b]) => a - b);
  const cols = child(worksheet, "cols");
  const name = qualified(worksheet.prefix, "col");
  const entry = (first: number, last: number, rest: string): string => `<${name} min="${first}" max="${last}"${rest}/>`;
  const own = (width: number): string => ` width="${width}" customWidth="1"`;
  if (!cols) {
    const list = qualified(worksheet.prefix, "cols");
    const markup = columns.map(([column, width]) => entry(column, column, own(width))).join("");
    patch.insertInOrder(worksheet, "cols", `<${list}>${markup}</${list}>`, order);
    return;
  }
  const present = childrenNamed(cols, "col").map((element) => ({
    element,
    first: Number(attribute(element, "min")),
    last: Number(attribute(element, "max")),
  }));
  const uncovered = columns.filter(([column]) => !present.some(({ first, last }) => column >= first && column <= last));
  for (const { element, first, last } of present) {
    const inside = columns.filter(([column]) => column >= first && column <= last);
    if (inside.length === 0) continue;
    const rest = (without: readonly string[]): string =>
      element.attributes
        .filter((a) => !without.includes(a.name))
        .map((a) => ` ${a.name}="${a.value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`)
        .join("");
    const pieces: string[] = [];
    let at = first;
    for (const [column, width] of inside) {
      if (column > at) pieces.push(entry(at, column - 1, rest(["min", "max"])));
      // Hidden stays behind: a new column that nobody sees would look as if nothing had been done.
      pieces.push(
        entry(column, column, own(width) + rest(["min", "max", "width", "customWidth", "hidden", "bestFit"])),
      );
      at = column + 1;
    }
    if (at <= last) pieces.push(entry(at, last, rest(["min", "max"])));
    patch.replace(element.start, element.end, pieces.join(""));
  }
  for (const [column, width] of uncovered) {
    const after = present.filter(({ last }) => last < column).at(-1);
    patch.insert(after ? after.element.end : cols.openEnd, entry(column, column, own(width)));
  }
}

/** The cell format that a whole column carries, 0 if none. */
export function columnStyle(worksheet: XmlElement, column: number): number {
  const found = childrenNamed(child(worksheet, "cols"), "col").find(
    (c) => column >= Number(attribute(c, "min")) && column <= Number(attribute(c, "max")),
  );
  return found ? Number(attribute(found, "style") ?? 0) : 0;
}
