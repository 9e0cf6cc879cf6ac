import { isColumnId, type ColumnId } from "../domain/columns.js";
import { headerKey } from "../domain/match-key.js";
import type { Package, PackageDraft } from "../ooxml/package.js";
import { addCustomXml, customXmlParts } from "../ooxml/custom-xml.js";
import { newPart } from "../ooxml/relationships.js";
import type { WorkbookInfo } from "../ooxml/workbook-part.js";
import { WorkbookError } from "../ooxml/workbook-error.js";
import { escapeXml } from "../ooxml/xml/escape.js";
import { attribute, childrenNamed, parseXml } from "../ooxml/xml/tree.js";

/**
 * The user's choice of what a workbook's own headers mean, kept in the workbook as a custom XML part of this
 * namespace, which Excel carries along and an add-in finds by it:
 * `<headers xmlns="urn:tiaoli:headers"><map header="客诉日" column="receivedAt"/></headers>`
 */
export const MAPPING_NAMESPACE = "urn:tiaoli:headers";
/** Identifies the part within a workbook, which holds at most one. */
const ITEM_ID = "{6E0B5C1C-6C0B-4E0E-9B52-7A1A0F1C7D11}";

export function formatHeaderMapping(mapping: ReadonlyMap<string, ColumnId>): string {
  const lines = [...mapping].map(([header, column]) => `<map header="${escapeXml(header)}" column="${column}"/>`);
  return `<headers xmlns="${MAPPING_NAMESPACE}">${lines.join("")}</headers>`;
}

/** Header text to column; undefined if this XML is not such a mapping. Entries with unknown columns, of a later version, are left out. */
export function parseHeaderMapping(xml: string): Map<string, ColumnId> | undefined {
  let root;
  try {
    ({ root } = parseXml(xml, "customXml"));
  } catch (error) {
    // Other programs' custom XML is none of our business, however broken.
    if (error instanceof WorkbookError) return undefined;
    throw error;
  }
  if (root.local !== "headers" || root.namespace !== MAPPING_NAMESPACE) return undefined;
  const mapping = new Map<string, ColumnId>();
  for (const element of childrenNamed(root, "map")) {
    const column = attribute(element, "column") ?? "";
    if (isColumnId(column)) mapping.set(attribute(element, "header") ?? "", column);
  }
  return mapping;
}

function mappingPart(from: Package | PackageDraft, workbook: WorkbookInfo): string | undefined {
  return customXmlParts(from, workbook).find((part) => parseHeaderMapping(from.text(part)) !== undefined);
}

/** The mapping kept in a workbook; empty if there is none. */
export function storedMapping(from: Package, workbook: WorkbookInfo): Map<string, ColumnId> {
  const part = mappingPart(from, workbook);
  return (part === undefined ? undefined : parseHeaderMapping(from.text(part))) ?? new Map<string, ColumnId>();
}

/** Replaces the mapping kept in a workbook, or adds the parts that hold it. */
export function storeMapping(
  draft: PackageDraft,
  workbook: WorkbookInfo,
  mapping: ReadonlyMap<string, ColumnId>,
): void {
  const present = mappingPart(draft, workbook);
  if (present !== undefined) {
    draft.set(present, newPart(formatHeaderMapping(mapping)));
    return;
  }
  addCustomXml(draft, workbook, { xml: formatHeaderMapping(mapping), namespace: MAPPING_NAMESPACE, itemId: ITEM_ID });
}

/** By header key, as headers are compared. */
export function mappingByKey(...mappings: readonly ReadonlyMap<string, ColumnId>[]): Map<string, ColumnId> {
  return new Map(
    mappings.flatMap((mapping) => [...mapping].map(([header, column]) => [headerKey(header), column] as const)),
  );
}
