/** How a header looks, property by property, so that those added beside it look like it. */

const FONT = ["bold", "italic", "color", "name", "size"] as const;
const ALIGNMENT = ["horizontalAlignment", "verticalAlignment", "wrapText"] as const;

/** What the cells of a header have; undefined where they differ, or have nothing of their own. */
export interface HeaderLook {
  readonly font: Readonly<Partial<Record<(typeof FONT)[number], unknown>>>;
  readonly alignment: Readonly<Partial<Record<(typeof ALIGNMENT)[number], unknown>>>;
  readonly fill: string | undefined;
}

/** What Excel says of a cell without a fill; set, it would be a white one that hides the grid lines. */
const NO_FILL = "#FFFFFF";

export function askLook(cell: Excel.Range): Excel.Range {
  return cell
    .load("format/font/bold,format/font/italic,format/font/color,format/font/name,format/font/size")
    .load("format/horizontalAlignment,format/verticalAlignment,format/wrapText,format/fill/color");
}

export function lookOf({ format }: Excel.Range): HeaderLook {
  return {
    font: told(format.font, FONT),
    alignment: told(format, ALIGNMENT),
    fill: format.fill.color === NO_FILL ? undefined : format.fill.color,
  };
}

/** Null where cells differ; the declarations know nothing of it. */
function told<Name extends string>(from: { readonly [Key in Name]: unknown }, names: readonly Name[]) {
  return Object.fromEntries(names.flatMap((name) => (from[name] === null ? [] : [[name, from[name]]]))) as Partial<
    Record<Name, unknown>
  >;
}

export function dressHeader({ format }: Excel.Range, { font, alignment, fill }: HeaderLook): void {
  Object.assign(format.font, font);
  Object.assign(format, alignment);
  if (fill !== undefined && fill !== "") format.fill.color = fill;
}
