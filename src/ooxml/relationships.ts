import type { PackageDraft, Package } from "./package.js";
import { TextPatch } from "./xml/patch.js";
import { escapeXml } from "./xml/escape.js";
import { attribute, childrenNamed } from "./xml/tree.js";

/** Relationships and content types of an OPC package (ECMA-376 part 2, §9.3 and §10.1.2). */
export interface Relationship {
  readonly id: string;
  /** Last step of the type's URI, e.g. `worksheet`: the same in transitional and strict workbooks. */
  readonly kind: string;
  /** The part it points to; undefined if it points outside the package. */
  readonly part: string | undefined;
}

const RELATIONSHIPS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships";
const RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml";
const CONTENT_TYPES = "[Content_Types].xml";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** `xl/worksheets/sheet1.xml` → `xl/worksheets/_rels/sheet1.xml.rels`; the package itself is the empty name. */
export function relationshipsPart(source: string): string {
  const slash = source.lastIndexOf("/") + 1;
  return `${source.slice(0, slash)}_rels/${source.slice(slash)}.rels`;
}

/** The relationships of a part; none if it has no relationships part. */
export function relationshipsOf(source: string, from: Package | PackageDraft): Relationship[] {
  const part = relationshipsPart(source);
  if (!from.has(part)) return [];
  return childrenNamed(from.xml(part).root, "Relationship").map((element) => {
    const target = attribute(element, "Target") ?? "";
    return {
      id: attribute(element, "Id") ?? "",
      kind: (attribute(element, "Type") ?? "").replace(/^.*\//, ""),
      part: attribute(element, "TargetMode") === "External" ? undefined : resolveTarget(source, target),
    };
  });
}

function resolveTarget(source: string, target: string): string {
  let path = target.replaceAll("\\", "/").replace(/[?#].*$/, "");
  try {
    path = decodeURI(path);
  } catch {
    // A stray per cent sign: the name is taken as it stands.
  }
  const steps = path.startsWith("/") ? [] : source.split("/").slice(0, -1);
  for (const step of path.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps.join("/");
}

/** The way from a part to another, as Excel writes it: some readers stumble over absolute targets. */
function relativeTarget(source: string, target: string): string {
  const from = source.split("/").slice(0, -1);
  const to = target.split("/");
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}

/** Adds a relationship with a new id and returns that id; the relationships part is made if there is none. */
export function addRelationship(draft: PackageDraft, source: string, type: string, target: string): string {
  const part = relationshipsPart(source);
  if (!draft.has(part)) {
    draft.set(part, `${DECLARATION}<Relationships xmlns="${RELATIONSHIPS_NAMESPACE}"/>`);
    // Some programs name every part by itself and have no default for relations.
    if (contentTypeOf(draft, part) === undefined) addContentType(draft, part, RELATIONSHIPS_TYPE);
  }
  const document = draft.xml(part);
  const taken = new Set(childrenNamed(document.root, "Relationship").map((element) => attribute(element, "Id")));
  let n = taken.size + 1;
  while (taken.has(`rId${n}`)) n++;
  const patch = new TextPatch(document.text);
  const prefix = document.root.prefix === "" ? "" : `${document.root.prefix}:`;
  patch.append(
    document.root,
    `<${prefix}Relationship Id="rId${n}" Type="${escapeXml(type)}" Target="${escapeXml(encodeURI(relativeTarget(source, target)))}"/>`,
  );
  draft.set(part, patch.apply());
  return `rId${n}`;
}

/** Removes every relationship of `source` that points to `target`. */
export function removeRelationships(draft: PackageDraft, source: string, target: string): void {
  const part = relationshipsPart(source);
  const document = draft.xml(part);
  const patch = new TextPatch(document.text);
  for (const element of childrenNamed(document.root, "Relationship"))
    if (resolveTarget(source, attribute(element, "Target") ?? "") === target) patch.remove(element);
  draft.set(part, patch.apply());
}

/** The content type of a part, by override or by extension. */
export function contentTypeOf(from: Package | PackageDraft, part: string): string | undefined {
  const root = from.xml(CONTENT_TYPES).root;
  const wanted = `/${part}`.toLowerCase();
  const override = childrenNamed(root, "Override").find((o) => attribute(o, "PartName")?.toLowerCase() === wanted);
  if (override) return attribute(override, "ContentType");
  const extension = part.slice(part.lastIndexOf(".") + 1).toLowerCase();
  const byExtension = childrenNamed(root, "Default").find(
    (d) => attribute(d, "Extension")?.toLowerCase() === extension,
  );
  return byExtension && attribute(byExtension, "ContentType");
}

/** Gives a new part its content type; one left over from a part of that name that is gone goes. */
export function addContentType(draft: PackageDraft, part: string, type: string): void {
  removeContentType(draft, part);
  const document = draft.xml(CONTENT_TYPES);
  const patch = new TextPatch(document.text);
  const prefix = document.root.prefix === "" ? "" : `${document.root.prefix}:`;
  patch.append(document.root, `<${prefix}Override PartName="/${escapeXml(part)}" ContentType="${escapeXml(type)}"/>`);
  draft.set(CONTENT_TYPES, patch.apply());
}

export function removeContentType(draft: PackageDraft, part: string): void {
  const document = draft.xml(CONTENT_TYPES);
  const patch = new TextPatch(document.text);
  for (const element of childrenNamed(document.root, "Override"))
    if (attribute(element, "PartName")?.toLowerCase() === `/${part}`.toLowerCase()) patch.remove(element);
  if (patch.changed) draft.set(CONTENT_TYPES, patch.apply());
}

/** `xl/tables/table{n}.xml` with the lowest n that is not taken, see `isFree`. */
export function freePartName(draft: PackageDraft, before: string, after: string): string {
  let n = 1;
  while (!isFree(draft, `${before}${n}${after}`)) n++;
  return `${before}${n}${after}`;
}

/**
 * Whether no part has this name, nor has left its relations behind: a new part of the name would inherit them, and they
 * lead nowhere.
 */
export function isFree(draft: PackageDraft, part: string): boolean {
  return !draft.has(part) && !draft.has(relationshipsPart(part));
}

/** A new XML part: declaration and content. */
export function newPart(markup: string): string {
  return DECLARATION + markup;
}
