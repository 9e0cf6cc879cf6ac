import type { Package, PackageDraft } from "./package.js";
import {
  addContentType,
  addRelationship,
  freePartName,
  newPart,
  relationshipsOf,
  relationshipsPart,
  removeContentType,
  removeRelationships,
} from "./relationships.js";
import type { WorkbookInfo } from "./workbook-part.js";
import { escapeXml } from "./xml/escape.js";

/** Custom XML parts of a workbook (ECMA-376 part 1, §15.2.5): data that add-ins keep in it. */

const PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml";
const PROPERTIES_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml";

/** The names of the parts. */
export function customXmlParts(from: Package | PackageDraft, workbook: WorkbookInfo): string[] {
  return relationshipsOf(workbook.part, from).flatMap(({ kind, part }) =>
    kind === "customXml" && part !== undefined && from.has(part) ? [part] : [],
  );
}

/** Adds a part. `itemId` is a GUID in braces that no other part has. */
export function addCustomXml(
  draft: PackageDraft,
  workbook: WorkbookInfo,
  { xml, namespace, itemId }: { readonly xml: string; readonly namespace: string; readonly itemId: string },
): void {
  const relationshipType = (kind: string): string => `${workbook.dialect.relationships}/${kind}`;
  const item = freePartName(draft, "customXml/item", ".xml");
  draft.set(item, xml.startsWith("<?xml") ? xml : newPart(xml));
  const properties = freePartName(draft, "customXml/itemProps", ".xml");
  const uri = escapeXml(namespace);
  draft.set(
    properties,
    newPart(
      `<ds:datastoreItem ds:itemID="${itemId}" xmlns:ds="${PROPERTIES_NAMESPACE}"><ds:schemaRefs><ds:schemaRef ds:uri="${uri}"/></ds:schemaRefs></ds:datastoreItem>`,
    ),
  );
  addContentType(draft, item, "application/xml");
  addContentType(draft, properties, PROPERTIES_TYPE);
  addRelationship(draft, item, relationshipType("customXmlProps"), properties);
  addRelationship(draft, workbook.part, relationshipType("customXml"), item);
}

/** Takes a part out, with its properties. */
export function removeCustomXml(draft: PackageDraft, workbook: WorkbookInfo, part: string): void {
  for (const { part: properties } of relationshipsOf(part, draft)) {
    if (properties === undefined) continue;
    draft.remove(properties);
    removeContentType(draft, properties);
  }
  draft.remove(relationshipsPart(part));
  draft.remove(part);
  removeContentType(draft, part);
  removeRelationships(draft, workbook.part, part);
}
