import { absolute, linksMarkup, quotedName } from "./cell-places.js";
import { chartAnchor, drawingMarkup } from "./drawing-markup.js";
import type { Page, PagePivot, PivotCache } from "./page.js";
import { portableCodec, type Codec } from "../codec.js";
import { to1904 } from "../date-systems.js";
import { qualified, RELATIONSHIP_NAMESPACES, STRICT, type Dialect } from "../dialect.js";
import { Package, PackageDraft } from "../package.js";
import { columnLetters, formatArea } from "../references.js";
import {
  addContentType,
  addRelationship,
  freePartName,
  newPart,
  relationshipsOf,
  relationshipsPart,
  removeContentType,
  removeRelationships,
} from "../relationships.js";
import { stylesOf } from "../shared-parts.js";
import { StylesDraft } from "../styles-draft.js";
import {
  addSheet,
  applyToWorkbook,
  freeSheetName,
  readWorkbook,
  WORKBOOK_ORDER,
  type WorkbookInfo,
  assertMayChange,
} from "../workbook-part.js";
import { escapeXml, escapeXstring } from "../xml/escape.js";
import { TextPatch } from "../xml/patch.js";
import {
  attribute,
  attributeIn,
  child,
  childrenNamed,
  descendants,
  textContent,
  type XmlElement,
} from "../xml/tree.js";

/** A defined name of a sheet of ours; its value is the page's key. It stays when a user renames or moves the sheet. */
const MARK = "Tiaoli_Page";
/** Charts and pivot tables of ours bear names that begin like this. */
export const OWN_PREFIX = "Tiaoli ";

const DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml";
const CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
const PIVOT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml";
const CACHE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml";
const RECORDS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheRecords+xml";

export interface AddPagesOptions {
  readonly codec?: Codec;
  /** Sheets of these names are blank and meant for the pages; without it a sheet is only ours if it bears our mark. */
  readonly intoBlankSheets?: boolean;
}

/** Where the pages went: sheet names in the pages' order. */
export interface AddedPages {
  /** The very input if the workbook holds these pages already. */
  readonly bytes: Uint8Array;
  readonly sheets: readonly string[];
}

/**
 * Puts pages into a workbook. A page of ours with the same key is replaced, with its charts and pivot tables; if the user
 * has put something of their own on it (a comment, a picture, a table, a chart), that sheet is left to them and the page
 * goes to a new one. Everything else stays byte for byte. Throws `WorkbookError` signed or shared.
 */
export function addPages(input: Uint8Array, pages: readonly Page[], options: AddPagesOptions = {}): AddedPages {
  const from = new Package(input, options.codec ?? portableCodec);
  const workbook = readWorkbook(from);
  assertMayChange(workbook);
  const adder = new PageAdder(from, workbook, options);
  const sheets = adder.add(pages);
  return { bytes: adder.draft.unchanged ? input : adder.draft.finish(), sheets };
}

class PageAdder {
  readonly draft: PackageDraft;
  private readonly styles: StylesDraft;
  /** Names of the sheets by the keys of their pages. */
  private readonly names = new Map<string, string>();
  private readonly caches = new Map<PivotCache, { readonly part: string; readonly id: number }>();

  constructor(
    from: Package,
    private readonly workbook: WorkbookInfo,
    private readonly options: AddPagesOptions,
  ) {
    this.draft = new PackageDraft(from);
    this.styles = new StylesDraft(stylesOf(from, workbook));
  }

  add(pages: readonly Page[]): string[] {
    // All old parts go before any new one comes, so that a second run finds the same names free as the first did.
    const places = pages.map((page) => this.place(page));
    // All sheets come before what stands on them: then a second run, which adds no sheet, numbers the rest as the first did.
    const parts = pages.map((page, i) => places[i] ?? this.newSheet(page));
    pages.forEach((page, i) => this.names.set(page.key, this.nameOf(parts[i]!) ?? page.name));
    const sheets = pages.map((page, i) => this.write(page, parts[i]!));
    applyToWorkbook(this.draft, this.workbook, "styles", this.styles);
    return sheets;
  }

  private get home(): string {
    return this.workbook.part.slice(0, this.workbook.part.lastIndexOf("/") + 1);
  }

  private get dialect(): Dialect {
    return this.workbook.dialect;
  }

  // ---------------------------------------------------------- finding and clearing

  /** All sheets in order, chart sheets included, since local names count them. */
  private sheetElements(): XmlElement[] {
    return childrenNamed(child(this.draft.xml(this.workbook.part).root, "sheets"), "sheet");
  }

  private place(page: Page): string | undefined {
    const marked = this.markedSheet(page.key);
    if (marked !== undefined) {
      const part = this.sheetPart(marked);
      if (part !== undefined) {
        if (this.clear(part)) return part;
        this.unmark(marked);
      }
    }
    if (!this.options.intoBlankSheets) return undefined;
    return this.workbook.sheets.find(({ name }) => name === page.name)?.part;
  }

  private markedSheet(key: string): number | undefined {
    const document = this.draft.xml(this.workbook.part);
    const mark = childrenNamed(child(document.root, "definedNames"), "definedName").find(
      (e) => attribute(e, "name") === MARK && textContent(document, e) === `"${key}"`,
    );
    const index = mark && attribute(mark, "localSheetId");
    return index === undefined ? undefined : Number(index);
  }

  private sheetPart(index: number): string | undefined {
    const element = this.sheetElements()[index];
    const id = element && attributeIn(element, RELATIONSHIP_NAMESPACES, "id");
    return relationshipsOf(this.workbook.part, this.draft).find((r) => r.id === id && r.kind === "worksheet")?.part;
  }

  private unmark(index: number): void {
    const document = this.draft.xml(this.workbook.part);
    const patch = new TextPatch(document.text);
    for (const e of childrenNamed(child(document.root, "definedNames"), "definedName"))
      if (attribute(e, "name") === MARK && attribute(e, "localSheetId") === String(index)) patch.remove(e);
    this.draft.set(this.workbook.part, patch.apply());
  }

  /** Takes what belongs to a sheet of ours out of the workbook; false if something on it is not ours. */
  private clear(sheet: string): boolean {
    const { draft } = this;
    const relationships = relationshipsOf(sheet, draft);
    const drawings = relationships.filter((r) => r.kind === "drawing").flatMap((r) => r.part ?? []);
    const pivots = relationships.filter((r) => r.kind === "pivotTable").flatMap((r) => r.part ?? []);
    const ours =
      relationships.every(({ kind }) => ["drawing", "pivotTable", "printerSettings"].includes(kind)) &&
      drawings.every((part) => this.isOurDrawing(part)) &&
      pivots.every((part) => attribute(draft.xml(part).root, "name")?.startsWith(OWN_PREFIX));
    if (!ours) return false;
    for (const { part } of relationships) if (part !== undefined) this.removeWithParts(part);
    if (draft.has(relationshipsPart(sheet))) draft.remove(relationshipsPart(sheet));
    return true;
  }

  private isOurDrawing(part: string): boolean {
    const { root } = this.draft.xml(part);
    return root.children.every((anchor) => {
      const names = [...descendants(anchor, "cNvPr")].map((e) => attribute(e, "name") ?? "");
      return names.length === 1 && names[0]!.startsWith(OWN_PREFIX);
    });
  }

  private removeWithParts(part: string): void {
    const { draft } = this;
    if (!draft.has(part)) return;
    const below = relationshipsOf(part, draft);
    draft.remove(part);
    removeContentType(draft, part);
    if (draft.has(relationshipsPart(part))) draft.remove(relationshipsPart(part));
    for (const { kind, part: target } of below) {
      if (target === undefined) continue;
      if (kind === "pivotCacheDefinition") this.removeCache(target);
      else this.removeWithParts(target);
    }
  }

  /** A cache goes only with its last table: users base tables of their own on caches of ours. */
  private removeCache(cache: string): void {
    const { draft, workbook } = this;
    if (!draft.has(cache)) return;
    const used = this.workbook.sheets.some(({ part }) =>
      relationshipsOf(part, draft).some(
        (r) =>
          r.kind === "pivotTable" &&
          r.part !== undefined &&
          draft.has(r.part) &&
          relationshipsOf(r.part, draft).some((target) => target.part === cache),
      ),
    );
    if (used) return;
    const id = relationshipsOf(workbook.part, draft).find((r) => r.part === cache)?.id;
    const document = draft.xml(workbook.part);
    const list = child(document.root, "pivotCaches");
    const entry = childrenNamed(list, "pivotCache").find((e) => attributeIn(e, RELATIONSHIP_NAMESPACES, "id") === id);
    if (list && entry) {
      const patch = new TextPatch(document.text);
      patch.remove(list.children.length === 1 ? list : entry);
      draft.set(workbook.part, patch.apply());
    }
    removeRelationships(draft, workbook.part, cache);
    this.removeWithParts(cache);
  }

  // ---------------------------------------------------------- writing

  private newSheet(page: Page): string {
    const taken = this.sheetElements().map((e) => attribute(e, "name") ?? "");
    return addSheet(this.draft, this.workbook, freeSheetName(page.name, taken));
  }

  /** The place among the sheets of the sheet in a part. */
  private indexOf(part: string): number {
    const relationship = relationshipsOf(this.workbook.part, this.draft).find((r) => r.part === part)?.id;
    return this.sheetElements().findIndex((e) => attributeIn(e, RELATIONSHIP_NAMESPACES, "id") === relationship);
  }

  private nameOf(part: string): string | undefined {
    const element = this.sheetElements()[this.indexOf(part)];
    return element && attribute(element, "name");
  }

  private write(page: Page, part: string): string {
    const { draft } = this;
    const index = this.indexOf(part);
    const name = this.names.get(page.key) ?? page.name;
    const quoted = quotedName(name);
    const { first, last } = page.titleRows;
    this.setLocalName(MARK, index, `"${page.key}"`, true);
    this.setLocalName("_xlnm.Print_Area", index, `${quoted}!${absolute(page.printArea)}`, false);
    this.setLocalName("_xlnm.Print_Titles", index, `${quoted}!$${first}:$${last}`, false);
    for (const pivot of page.pivots) this.addPivot(part, pivot);
    const drawing = page.charts.length === 0 ? undefined : this.addDrawing(part, page, name);
    draft.set(part, this.sheetMarkup(page, drawing));
    return name;
  }

  private setLocalName(name: string, sheet: number, value: string, hidden: boolean): void {
    const { draft, workbook } = this;
    const document = draft.xml(workbook.part);
    const list = child(document.root, "definedNames");
    const present = childrenNamed(list, "definedName").find(
      (e) => attribute(e, "name") === name && attribute(e, "localSheetId") === String(sheet),
    );
    const patch = new TextPatch(document.text);
    if (present) patch.replace(present.openEnd, present.closeStart, escapeXml(value));
    else {
      const element = qualified(document.root.prefix, "definedName");
      const markup = `<${element} name="${name}" localSheetId="${sheet}"${hidden ? ' hidden="1"' : ""}>${escapeXml(value)}</${element}>`;
      const wrapper = qualified(document.root.prefix, "definedNames");
      if (list) patch.append(list, markup);
      else patch.insertInOrder(document.root, "definedNames", `<${wrapper}>${markup}</${wrapper}>`, WORKBOOK_ORDER);
    }
    if (patch.changed) draft.set(workbook.part, patch.apply());
  }

  private addPivot(sheet: string, { cache, markup }: PagePivot): void {
    const { draft } = this;
    const { part: cachePart, id } = this.cacheOf(cache);
    const part = freePartName(draft, `${this.home}pivotTables/pivotTable`, ".xml");
    draft.set(part, newPart(this.inDialect(markup(id))));
    addContentType(draft, part, PIVOT_TYPE);
    addRelationship(draft, sheet, `${this.dialect.relationships}/pivotTable`, part);
    addRelationship(draft, part, `${this.dialect.relationships}/pivotCacheDefinition`, cachePart);
  }

  private cacheOf(cache: PivotCache): { readonly part: string; readonly id: number } {
    const known = this.caches.get(cache);
    if (known) return known;
    const { draft, workbook } = this;
    const part = freePartName(draft, `${this.home}pivotCache/pivotCacheDefinition`, ".xml");
    // Claimed before its records are named, and replaced below.
    draft.set(part, "");
    addContentType(draft, part, CACHE_TYPE);
    let recordsId: string | undefined;
    if (cache.records !== undefined) {
      const records = freePartName(draft, `${this.home}pivotCache/pivotCacheRecords`, ".xml");
      draft.set(records, newPart(this.inDialect(cache.records)));
      addContentType(draft, records, RECORDS_TYPE);
      recordsId = addRelationship(draft, part, `${this.dialect.relationships}/pivotCacheRecords`, records);
    }
    draft.set(part, newPart(this.inDialect(cache.definition(recordsId))));
    const relationship = addRelationship(
      draft,
      workbook.part,
      `${this.dialect.relationships}/pivotCacheDefinition`,
      part,
    );
    const document = draft.xml(workbook.part);
    const list = child(document.root, "pivotCaches");
    const id = Math.max(0, ...childrenNamed(list, "pivotCache").map((e) => Number(attribute(e, "cacheId")))) + 1;
    const element = qualified(document.root.prefix, "pivotCache");
    const markup = `<${element} cacheId="${id}" r:id="${relationship}" xmlns:r="${this.dialect.relationships}"/>`;
    const patch = new TextPatch(document.text);
    const wrapper = qualified(document.root.prefix, "pivotCaches");
    if (list) patch.append(list, markup);
    else patch.insertInOrder(document.root, "pivotCaches", `<${wrapper}>${markup}</${wrapper}>`, WORKBOOK_ORDER);
    draft.set(workbook.part, patch.apply());
    const added = { part, id };
    this.caches.set(cache, added);
    return added;
  }

  private addDrawing(sheet: string, page: Page, sheetName: string): string {
    const { draft } = this;
    const part = freePartName(draft, `${this.home}drawings/drawing`, ".xml");
    draft.set(part, "");
    addContentType(draft, part, DRAWING_TYPE);
    const anchors = page.charts.map(({ name, area, markup }, i) => {
      const chart = freePartName(draft, `${this.home}charts/chart`, ".xml");
      draft.set(chart, newPart(this.inDialect(markup(sheetName))));
      addContentType(draft, chart, CHART_TYPE);
      return chartAnchor(
        i,
        OWN_PREFIX + name,
        area,
        addRelationship(draft, part, `${this.dialect.relationships}/chart`, chart),
      );
    });
    draft.set(part, newPart(this.inDialect(drawingMarkup(anchors))));
    return addRelationship(draft, sheet, `${this.dialect.relationships}/drawing`, part);
  }

  /** Charts, drawings and pivots are written in the transitional namespaces; strict workbooks have their own. */
  private inDialect(markup: string): string {
    return this.dialect === STRICT
      ? markup
          .replaceAll(
            "http://schemas.openxmlformats.org/officeDocument/2006/",
            "http://purl.oclc.org/ooxml/officeDocument/",
          )
          .replaceAll(
            /http:\/\/schemas\.openxmlformats\.org\/(drawingml|spreadsheetml)\/2006\//g,
            "http://purl.oclc.org/ooxml/$1/",
          )
      : markup;
  }

  private sheetMarkup(page: Page, drawing: string | undefined): string {
    const { main, relationships } = this.dialect;
    const right = Math.max(page.widths.length, ...page.rows.flatMap((row) => row.cells.map((cell) => cell.column)));
    const bottom = Math.max(1, ...page.rows.map(({ row }) => row));
    const rows = page.rows.map(({ row, height, cells }) => {
      const markup = cells.map(({ column, value, look }) => {
        const start = `<c r="${columnLetters(column)}${row}" s="${this.styles.look(look)}"`;
        if (value === undefined || value === "") return `${start}/>`;
        if (typeof value === "string")
          return `${start} t="inlineStr"><is><t xml:space="preserve">${escapeXstring(value)}</t></is></c>`;
        const stored = look.format === "datetime" && this.workbook.date1904 ? to1904(value) : value;
        return `${start}><v>${stored}</v></c>`;
      });
      const size = height === undefined ? "" : ` ht="${height}" customHeight="1"`;
      return `<row r="${row}"${size}>${markup.join("")}</row>`;
    });
    return newPart(
      `<worksheet xmlns="${main}" xmlns:r="${relationships}">` +
        `<dimension ref="${formatArea({ top: 1, left: 1, bottom, right })}"/>` +
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="16"/>' +
        `<cols>${page.widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join("")}</cols>` +
        `<sheetData>${rows.join("")}</sheetData>` +
        (page.merges.length === 0
          ? ""
          : `<mergeCells count="${page.merges.length}">${page.merges.map((area) => `<mergeCell ref="${formatArea(area)}"/>`).join("")}</mergeCells>`) +
        linksMarkup(page.links ?? [], this.names) +
        '<printOptions horizontalCentered="1"/><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.35"/>' +
        `<pageSetup paperSize="9" scale="${page.scale}" orientation="portrait"/>` +
        `<headerFooter><oddFooter>${escapeXml(page.footer)}</oddFooter></headerFooter>` +
        (page.breaks.length === 0
          ? ""
          : `<rowBreaks count="${page.breaks.length}" manualBreakCount="${page.breaks.length}">${page.breaks.map((row) => `<brk id="${row - 1}" max="16383" man="1"/>`).join("")}</rowBreaks>`) +
        (drawing === undefined ? "" : `<drawing r:id="${drawing}"/>`) +
        "</worksheet>",
    );
  }
}
