import { parseXml, type XmlElement } from "../../src/ooxml/xml/tree.js";
import { WorkbookError } from "../../src/ooxml/workbook-error.js";
import { pngSize } from "../icons/png.js";
import { lineAt, type Problem } from "./problem.js";
import { OFFICE_APP, type ElementSpec } from "./schema.js";

export interface ManifestOptions {
  /** Name to show in problems. */
  readonly file: string;
  /** A file of the site by its path in the URL, such as `/assets/icons/icon-16.png`; undefined if there is none. */
  readonly siteFile: (path: string) => Uint8Array | undefined;
  /** Pages the build makes, which `siteFile` doesn't know. */
  readonly pages: readonly string[];
  /** Least version of ExcelApi that the code needs. */
  readonly excelApi: string;
}

const DEFAULT_LOCALE = "zh-CN";
const OTHER_LOCALES = ["en-US"];
const NAMESPACES: Readonly<Record<string, string>> = {
  OfficeApp: "http://schemas.microsoft.com/office/appforoffice/1.1",
  VersionOverrides: "http://schemas.microsoft.com/office/taskpaneappversionoverrides",
};
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const VERSION = /^\d{1,5}(\.\d{1,5}){1,3}$/;
/** Sizes without which Office refuses an icon. */
const NEEDED_ICON_SIZES = ["16", "32", "80"];
const ICON_SIZES = ["16", "20", "24", "32", "40", "48", "64", "80"];
/** Pixels of the icons in lists of add-ins, at 100 % and 200 %. */
const LISTED_ICONS: Readonly<Record<string, number>> = { IconUrl: 32, HighResolutionIconUrl: 64 };
/** Most characters, from the reference pages of the elements. */
const LONGEST = { resid: 32, ShortStrings: 125, LongStrings: 250, DisplayName: 125, Description: 250 } as const;

/** Everything that is wrong with a manifest's text, in the order of its lines; nothing if Office can take it. */
export function checkManifest(text: string, options: ManifestOptions): Problem[] {
  const check = new ManifestCheck(text, options);
  return check.run().sort((a, b) => a.line - b.line);
}

class ManifestCheck {
  private readonly problems: Problem[] = [];
  private elements: readonly XmlElement[] = [];

  constructor(
    private readonly text: string,
    private readonly options: ManifestOptions,
  ) {}

  run(): Problem[] {
    const root = this.parse();
    if (!root) return this.problems;
    this.elements = [root, ...descendants(root)];
    if (root.local !== "OfficeApp") this.add(root, `the root element is ${root.local}, not OfficeApp`);
    else if (attribute(root, "type") !== "TaskPaneApp") this.add(root, "xsi:type of OfficeApp must be TaskPaneApp");
    this.checkOrder(root, OFFICE_APP);
    this.checkNamespaces();
    this.checkIdentity();
    this.checkLocales();
    this.checkResources();
    this.checkAddresses();
    this.checkListedIcons();
    this.checkRibbonIcons();
    this.checkRequirements();
    this.checkRuntime();
    this.checkIds();
    return this.problems;
  }

  private parse(): XmlElement | undefined {
    try {
      return parseXml(this.text, this.options.file).root;
    } catch (error) {
      if (!(error instanceof WorkbookError)) throw error;
      const { offset, reason } = error.params;
      this.problems.push({
        file: this.options.file,
        line: lineAt(this.text, Number(offset)),
        text: `not well-formed XML: ${String(reason)}`,
      });
      return undefined;
    }
  }

  private add(at: XmlElement, text: string): void {
    this.problems.push({ file: this.options.file, line: lineAt(this.text, at.start), text });
  }

  private named(name: string): readonly XmlElement[] {
    return this.elements.filter(({ local }) => local === name);
  }

  private textOf(element: XmlElement): string {
    return this.text.slice(element.openEnd, element.closeStart).trim();
  }

  private checkOrder(element: XmlElement, spec: ElementSpec): void {
    for (const name of spec.required ?? []) {
      if (attribute(element, name) === undefined) this.add(element, `${element.local} lacks the attribute ${name}`);
    }
    const allowed = spec.children ?? [];
    const counts = new Map<string, number>();
    let reached = 0;
    for (const child of element.children) {
      const place = allowed.findIndex(({ name }) => name === child.local);
      if (place < 0) {
        this.add(child, `${child.local} may not stand in ${element.local}`);
        continue;
      }
      if (place < reached) {
        this.add(child, `${child.local} must stand before ${allowed[reached]!.name} in ${element.local}`);
      }
      reached = Math.max(reached, place);
      const count = (counts.get(child.local) ?? 0) + 1;
      counts.set(child.local, count);
      if (count === 2 && !allowed[place]!.many) this.add(child, `${child.local} stands twice in ${element.local}`);
      this.checkOrder(child, allowed[place]!.spec);
    }
    for (const { name, min } of allowed) {
      if (min === 1 && !counts.has(name)) this.add(element, `${element.local} lacks ${name}`);
    }
  }

  private checkNamespaces(): void {
    for (const [name, namespace] of Object.entries(NAMESPACES)) {
      for (const element of this.named(name)) {
        if (element.namespace !== namespace) this.add(element, `the namespace of ${name} must be ${namespace}`);
      }
    }
  }

  private checkIdentity(): void {
    for (const id of this.named("Id")) {
      if (!GUID.test(this.textOf(id))) this.add(id, `Id "${this.textOf(id)}" is no GUID`);
    }
    for (const version of this.named("Version")) {
      if (!VERSION.test(this.textOf(version)))
        this.add(version, `Version "${this.textOf(version)}" is not like 1.0.0.0`);
    }
  }

  private checkLocales(): void {
    for (const element of this.named("DefaultLocale")) {
      const locale = this.textOf(element);
      if (locale !== DEFAULT_LOCALE) this.add(element, `DefaultLocale is ${locale}, not ${DEFAULT_LOCALE}`);
    }
    for (const element of this.elements) {
      const limit = longest(element);
      const given = element.children.filter(({ local }) => local === "Override");
      for (const value of [element, ...given]) {
        const text = attribute(value, value === element ? "DefaultValue" : "Value") ?? "";
        if (limit === undefined) continue;
        if (text.trim() === "") this.add(value, `${labelOf(element)} has an empty text`);
        if (text.length > limit) this.add(value, `${labelOf(element)} has ${text.length} characters, ${limit} at most`);
      }
      const locales = given.map((override) => attribute(override, "Locale") ?? "");
      for (const [i, locale] of locales.entries()) {
        if (!OTHER_LOCALES.includes(locale))
          this.add(given[i]!, `locale ${locale} is none of ${OTHER_LOCALES.join(", ")}`);
        if (locales.indexOf(locale) < i) this.add(given[i]!, `${labelOf(element)} has ${locale} twice`);
      }
      if (limit === undefined) continue;
      for (const locale of OTHER_LOCALES) {
        if (!locales.includes(locale)) this.add(element, `${labelOf(element)} has no text for ${locale}`);
      }
    }
  }

  private checkResources(): void {
    const defined = new Map<string, XmlElement>();
    for (const element of this.resources()) {
      const id = attribute(element, "id") ?? "";
      if (defined.has(id)) this.add(element, `resource ${id} is defined twice`);
      if (id.length > LONGEST.resid)
        this.add(element, `resource ${id} has ${id.length} characters, ${LONGEST.resid} at most`);
      defined.set(id, element);
    }
    const used = new Set<string>();
    for (const element of this.elements) {
      const id = attribute(element, "resid");
      if (id === undefined) continue;
      used.add(id);
      const resource = defined.get(id);
      const wanted = resourceKind(element);
      if (!resource) this.add(element, `resid ${id} is not defined in Resources`);
      else if (resource.parent?.local !== wanted) {
        this.add(
          element,
          `resid ${id} of ${element.local} must be one of ${wanted}, not of ${resource.parent?.local ?? ""}`,
        );
      }
    }
    for (const [id, element] of defined) if (!used.has(id)) this.add(element, `resource ${id} is used nowhere`);
  }

  private resources(): readonly XmlElement[] {
    return this.named("Resources").flatMap(({ children }) => children.flatMap((list) => list.children));
  }

  private checkAddresses(): void {
    let origin: string | undefined;
    for (const element of this.elements) {
      for (const { local, value } of element.attributes) {
        if (!ADDRESS_ATTRIBUTES.includes(local) || !isAddress(element, local)) continue;
        const url = URL.canParse(value) ? new URL(value) : undefined;
        if (url?.protocol !== "https:") {
          this.add(element, `${element.local}: "${value}" is no https address`);
          continue;
        }
        origin ??= url.origin;
        if (url.origin !== origin) this.add(element, `${element.local}: ${url.origin} is another host than ${origin}`);
        else if (
          !this.options.pages.some((page) => url.pathname.endsWith(page)) &&
          !this.options.siteFile(url.pathname)
        ) {
          this.add(element, `${element.local}: the site has no file ${url.pathname}`);
        }
      }
    }
  }

  private checkListedIcons(): void {
    for (const [name, size] of Object.entries(LISTED_ICONS)) {
      for (const element of this.named(name)) this.checkPixels(element, element, size);
    }
  }

  private checkRibbonIcons(): void {
    const images = new Map(this.resources().map((element) => [attribute(element, "id"), element]));
    for (const icon of this.named("Icon")) {
      const sizes = icon.children.map((image) => attribute(image, "size") ?? "");
      for (const size of NEEDED_ICON_SIZES) {
        if (!sizes.includes(size)) this.add(icon, `the icon of ${labelOf(icon.parent ?? icon)} has no size ${size}`);
      }
      for (const [i, image] of icon.children.entries()) {
        const size = sizes[i]!;
        if (!ICON_SIZES.includes(size)) this.add(image, `icon size ${size} is none of ${ICON_SIZES.join(", ")}`);
        if (sizes.indexOf(size) < i) this.add(image, `icon size ${size} stands twice`);
        const resource = images.get(attribute(image, "resid"));
        if (resource) this.checkPixels(image, resource, Number(size));
      }
    }
  }

  private checkPixels(at: XmlElement, resource: XmlElement, size: number): void {
    const address = attribute(resource, "DefaultValue") ?? "";
    const path = URL.canParse(address) ? new URL(address).pathname : undefined;
    const file = path === undefined ? undefined : this.options.siteFile(path);
    if (!file) return;
    try {
      const { width, height } = pngSize(file);
      if (width !== size || height !== size) {
        this.add(at, `${path ?? ""} is ${width} × ${height} pixels, not ${size} × ${size}`);
      }
    } catch {
      this.add(at, `${path ?? ""} is no PNG file`);
    }
  }

  private checkRequirements(): void {
    const wanted = new Map([["ExcelApi", this.options.excelApi]]);
    if (this.named("Runtimes").length > 0) wanted.set("SharedRuntime", "1.1");
    for (const set of this.named("Set")) {
      const name = attribute(set, "Name") ?? "";
      const version = attribute(set, "MinVersion") ?? "";
      const needed = wanted.get(name);
      if (needed === undefined) this.add(set, `requirement set ${name} is not needed and would keep users out`);
      else if (version !== needed)
        this.add(set, `${name} is asked for in version ${version}; the code needs ${needed}`);
      wanted.delete(name);
    }
    const [place] = this.named("Requirements");
    if (!place) return;
    for (const [name, version] of wanted) this.add(place, `requirement set ${name} ${version} is not asked for`);
  }

  private checkRuntime(): void {
    const [runtime] = this.named("Runtime");
    const [functions] = this.named("FunctionFile");
    if (runtime && attribute(runtime, "lifetime") !== "long")
      this.add(runtime, "the shared runtime's lifetime must be long");
    if (runtime && functions && attribute(runtime, "resid") !== attribute(functions, "resid")) {
      this.add(functions, "FunctionFile must name the page of the shared runtime");
    }
    const [overrides] = this.named("ExtendedOverrides");
    if (overrides && !runtime) this.add(overrides, "keyboard shortcuts need the shared runtime");
    for (const action of this.named("Action")) {
      const runs = attribute(action, "type") === "ExecuteFunction";
      const needed = runs ? "FunctionName" : "SourceLocation";
      if (!action.children.some(({ local }) => local === needed)) this.add(action, `the action lacks ${needed}`);
      if (runs && !functions) this.add(action, "a function needs FunctionFile");
    }
  }

  private checkIds(): void {
    const seen = new Set<string>();
    for (const element of [...this.named("Group"), ...this.named("Control")]) {
      const id = attribute(element, "id") ?? "";
      if (seen.has(id)) this.add(element, `id ${id} stands twice`);
      seen.add(id);
    }
  }
}

/** Names of the functions that ribbon buttons run. */
export function ribbonFunctions(text: string): string[] {
  return [...text.matchAll(/<FunctionName>\s*([^<]*?)\s*<\/FunctionName>/g)].map(([, name]) => name!);
}

const ADDRESS_ATTRIBUTES = ["DefaultValue", "Value", "Url", "ResourcesUrl"];

function isAddress(element: XmlElement, name: string): boolean {
  if (name === "Url" || name === "ResourcesUrl") return true;
  const owner = element.local === "Override" ? element.parent : element;
  if (!owner) return false;
  return /Url$|^SourceLocation$/.test(owner.local) || ["Images", "Urls"].includes(owner.parent?.local ?? "");
}

function descendants(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) => [child, ...descendants(child)]);
}

/** By its name without prefix: `type` is `xsi:type`. */
function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.find(({ local }) => local === name)?.value;
}

/** Most characters of an element's texts; undefined if it holds none. */
function longest({ local, parent, attributes }: XmlElement): number | undefined {
  if (parent?.local === "ShortStrings" || parent?.local === "LongStrings") return LONGEST[parent.local];
  const onTop = parent?.local === "OfficeApp" && attributes.some((a) => a.local === "DefaultValue");
  return onTop && (local === "DisplayName" || local === "Description") ? LONGEST[local] : undefined;
}

function labelOf(element: XmlElement): string {
  return attribute(element, "id") ?? element.local;
}

/** The list of Resources that an element's resid must come from. */
function resourceKind({ local, parent }: XmlElement): string {
  if (local === "Image") return "Images";
  if (["SourceLocation", "FunctionFile", "Runtime", "LearnMoreUrl"].includes(local)) return "Urls";
  return local === "Description" && parent?.local !== "VersionOverrides" ? "LongStrings" : "ShortStrings";
}
