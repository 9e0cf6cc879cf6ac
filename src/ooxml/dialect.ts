/** The two dialects of OOXML: transitional, which Excel writes, and strict (ISO/IEC 29500-1), told apart by namespace. */
export interface Dialect {
  /** SpreadsheetML. */
  readonly main: string;
  /** The namespace of `r:id`; relationship types begin with it as well. */
  readonly relationships: string;
}

export const TRANSITIONAL: Dialect = {
  main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
  relationships: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
};

export const STRICT: Dialect = {
  main: "http://purl.oclc.org/ooxml/spreadsheetml/main",
  relationships: "http://purl.oclc.org/ooxml/officeDocument/relationships",
};

/** Namespaces under which `r:id` may stand. */
export const RELATIONSHIP_NAMESPACES = [TRANSITIONAL.relationships, STRICT.relationships];

export function dialectOf(namespace: string): Dialect {
  return namespace === STRICT.main ? STRICT : TRANSITIONAL;
}

/** The name of an element in a part that gives the main namespace this prefix. */
export function qualified(prefix: string, local: string): string {
  return prefix === "" ? local : `${prefix}:${local}`;
}
