import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** Hand-written OOXML packages for tests: what exceljs can't make, or would tidy up. */

export const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
export const STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main";
export const RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

export type Parts = Record<string, string | Uint8Array>;

export interface RelationshipSpec {
  readonly id: string;
  /** Last step of a relationship type, or a whole URI. */
  readonly type: string;
  readonly target: string;
}

export interface SheetSpec {
  readonly name: string;
  /** The whole part, or what stands inside `<worksheet>`. */
  readonly xml: string;
  readonly relationships?: readonly RelationshipSpec[];
  readonly state?: string;
}

export interface WorkbookSpec {
  readonly sheets: readonly SheetSpec[];
  readonly sharedStrings?: readonly string[];
  readonly styles?: string;
  /** Markup between `<workbook …>` and `<sheets>`, and after `</sheets>`. */
  readonly before?: string;
  readonly after?: string;
  readonly workbookRelationships?: readonly RelationshipSpec[];
  /** Further parts, and overrides of their content types by part name. */
  readonly parts?: Parts;
  readonly types?: Readonly<Record<string, string>>;
  readonly main?: string;
}

export function relationshipsXml(relationships: readonly RelationshipSpec[], base = RELATIONSHIPS): string {
  const lines = relationships.map(
    ({ id, type, target }) =>
      `<Relationship Id="${id}" Type="${type.includes("/") ? type : `${base}/${type}`}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE_RELATIONSHIPS}">${lines.join("")}</Relationships>`;
}

/** The parts of a workbook as Excel would name them. */
export function workbookParts(spec: WorkbookSpec): Parts {
  const main = spec.main ?? MAIN;
  const relationshipBase =
    main === STRICT_MAIN ? "http://purl.oclc.org/ooxml/officeDocument/relationships" : RELATIONSHIPS;
  const parts: Parts = {};
  const types: Record<string, string> = { "/xl/workbook.xml": `${TYPE}.sheet.main+xml`, ...spec.types };
  const relationships: RelationshipSpec[] = [...(spec.workbookRelationships ?? [])];
  const sheets = spec.sheets.map((sheet, i) => {
    const part = `xl/worksheets/sheet${i + 1}.xml`;
    types[`/${part}`] = `${TYPE}.worksheet+xml`;
    relationships.push({ id: `rIdS${i + 1}`, type: "worksheet", target: `worksheets/sheet${i + 1}.xml` });
    parts[part] =
      sheet.xml.includes("<worksheet") || sheet.xml.includes(":worksheet")
        ? sheet.xml
        : `${DECLARATION}<worksheet xmlns="${main}" xmlns:r="${relationshipBase}">${sheet.xml}</worksheet>`;
    if (sheet.relationships)
      parts[`xl/worksheets/_rels/sheet${i + 1}.xml.rels`] = relationshipsXml(sheet.relationships, relationshipBase);
    const state = sheet.state === undefined ? "" : ` state="${sheet.state}"`;
    return `<sheet name="${sheet.name}" sheetId="${i + 1}"${state} r:id="rIdS${i + 1}"/>`;
  });
  if (spec.sharedStrings) {
    parts["xl/sharedStrings.xml"] =
      `${DECLARATION}<sst xmlns="${main}" count="${spec.sharedStrings.length}" uniqueCount="${spec.sharedStrings.length}">` +
      spec.sharedStrings
        .map((item) => (item.startsWith("<") ? `<si>${item}</si>` : `<si><t>${item}</t></si>`))
        .join("") +
      "</sst>";
    types["/xl/sharedStrings.xml"] = `${TYPE}.sharedStrings+xml`;
    relationships.push({ id: "rIdStrings", type: "sharedStrings", target: "sharedStrings.xml" });
  }
  if (spec.styles !== undefined) {
    parts["xl/styles.xml"] = spec.styles;
    types["/xl/styles.xml"] = `${TYPE}.styles+xml`;
    relationships.push({ id: "rIdStyles", type: "styles", target: "styles.xml" });
  }
  for (const name of Object.keys(spec.parts ?? {}))
    if (/^xl\/tables\//.test(name)) types[`/${name}`] ??= `${TYPE}.table+xml`;
  return {
    "[Content_Types].xml":
      `${DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
      '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default Extension="png" ContentType="image/png"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>' +
      Object.entries(types)
        .map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`)
        .join("") +
      "</Types>",
    "_rels/.rels": relationshipsXml(
      [{ id: "rId1", type: "officeDocument", target: "xl/workbook.xml" }],
      relationshipBase,
    ),
    "xl/workbook.xml": `${DECLARATION}<workbook xmlns="${main}" xmlns:r="${relationshipBase}">${spec.before ?? ""}<sheets>${sheets.join("")}</sheets>${spec.after ?? ""}</workbook>`,
    "xl/_rels/workbook.xml.rels": relationshipsXml(relationships, relationshipBase),
    ...parts,
    ...spec.parts,
  };
}

export function zipParts(parts: Parts): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, content]) => [name, typeof content === "string" ? strToU8(content) : content]),
    ),
    { mtime: new Date(2024, 0, 1) },
  );
}

export function makeWorkbook(spec: WorkbookSpec): Uint8Array {
  return zipParts(workbookParts(spec));
}

export function unzip(bytes: Uint8Array): Map<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(bytes)));
}

export function partText(bytes: Uint8Array, part: string): string {
  const found = unzip(bytes).get(part);
  if (!found) throw new Error(`no part ${part}`);
  return strFromU8(found);
}

/** An inline-string or number cell. */
export function cell(reference: string, value: string | number, attributes = ""): string {
  return typeof value === "number"
    ? `<c r="${reference}"${attributes}><v>${value}</v></c>`
    : `<c r="${reference}"${attributes} t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`;
}

/** Rows from 1 on; `undefined` leaves a cell out. */
export function sheetData(rows: readonly (readonly (string | number | undefined)[])[], first = 1): string {
  return `<sheetData>${rows
    .map(
      (row, r) =>
        `<row r="${r + first}">${row.map((value, c) => (value === undefined ? "" : cell(`${letters(c)}${r + first}`, value))).join("")}</row>`,
    )
    .join("")}</sheetData>`;
}

export function letters(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : letters(Math.floor(index / 26) - 1) + String.fromCharCode(65 + (index % 26));
}

export function tableXml(options: {
  readonly id?: number;
  readonly name: string;
  readonly ref: string;
  readonly columns: readonly string[];
  readonly attributes?: string;
  readonly inside?: string;
}): string {
  const { id = 1, name, ref, columns, attributes = "", inside } = options;
  return (
    `${DECLARATION}<table xmlns="${MAIN}" id="${id}" name="${name}" displayName="${name}" ref="${ref}"${attributes}>` +
    `${inside ?? `<autoFilter ref="${ref}"/>`}<tableColumns count="${columns.length}">` +
    columns.map((column, i) => `<tableColumn id="${i + 1}" name="${column}"/>`).join("") +
    '</tableColumns><tableStyleInfo name="TableStyleLight9" showRowStripes="1"/></table>'
  );
}
