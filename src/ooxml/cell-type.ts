/** Kinds of cell content, by the attribute `t`. */
export const CellType = {
  number: 0,
  sharedString: 1,
  text: 2,
  inline: 3,
  boolean: 4,
  error: 5,
  isoDate: 6,
} as const;
export type CellTypeCode = (typeof CellType)[keyof typeof CellType];

const TYPES: Readonly<Record<string, CellTypeCode>> = {
  n: CellType.number,
  s: CellType.sharedString,
  str: CellType.text,
  inlineStr: CellType.inline,
  b: CellType.boolean,
  e: CellType.error,
  d: CellType.isoDate,
};

/** The kind that an attribute `t` names; undefined if there is none of that name. */
export function cellTypeOf(name: string): CellTypeCode | undefined {
  return TYPES[name];
}
