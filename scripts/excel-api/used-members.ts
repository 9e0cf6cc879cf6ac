import { readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/**
 * Which members of Excel's object model the program uses, and which API set brought each, read from the sources by the
 * TypeScript compiler and from Microsoft's own type declarations (`@types/office-js`). Properties named in the texts of
 * `load` and in options count as used, too.
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Where the program talks to Excel. The probe brings its own conditions (`needs`), so it is looked at by itself. */
const PROGRAM = ["src/ledger/excel", "src/taskpane"];

export interface UsedMember {
  /** `Range.getRowProperties`; members of `Office` and its objects by their interface. */
  readonly name: string;
  /** `ExcelApi`, `SharedRuntime` …; undefined for what has always been there or is the client's own. */
  readonly set: string | undefined;
  readonly version: string | undefined;
  readonly files: readonly string[];
}

/** Of a method that later versions let take more: the version that what we give it needs. */
const AS_CALLED: Readonly<Record<string, { readonly version: string; readonly mostArguments: number }>> = {
  // 1.15 brought the third one, `alwaysInsert`.
  "TableRowCollection.add": { version: "1.4", mostArguments: 2 },
};

export interface Use {
  readonly members: readonly UsedMember[];
  /** Calls of `load` whose text the compiler doesn't know: nothing can be said of them. */
  readonly unknownLoads: readonly string[];
}

export function usedMembers(folders: readonly string[] = PROGRAM): Use {
  const files = folders.flatMap(sourcesIn);
  const program = programOf(files);
  const reader = new Reader(program.getTypeChecker());
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (source) reader.read(source);
  }
  return reader.use();
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(ROOT, folder, name));
}

/** Only the files themselves and Microsoft's declarations: what else they import says nothing of Excel. */
function programOf(files: readonly string[]): ts.Program {
  const known = new Set(files.map((file) => resolve(file)));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.ReactJSX,
    strict: true,
    noEmit: true,
    types: ["office-js"],
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  };
  const host = ts.createCompilerHost(options);
  host.getCurrentDirectory = () => ROOT;
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => {
      const base = text.startsWith(".") ? resolve(dirname(from), text).replace(/\.js$/, "") : "";
      const found = [`${base}.ts`, `${base}.tsx`].find((name) => known.has(name));
      const extension = found?.endsWith("x") === true ? ts.Extension.Tsx : ts.Extension.Ts;
      return { resolvedModule: found === undefined ? undefined : { resolvedFileName: found, extension } };
    });
  return ts.createProgram(files, options, host);
}

class Reader {
  private readonly found = new Map<string, { readonly declared: Declared; readonly files: Set<string> }>();
  private readonly unknownLoads: string[] = [];

  constructor(private readonly checker: ts.TypeChecker) {}

  read(source: ts.SourceFile): void {
    const file = relative(ROOT, source.fileName).replaceAll("\\", "/");
    const visit = (node: ts.Node): void => {
      for (const { symbol, call } of this.symbolsAt(node, file)) this.note(symbol, file, call);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }

  use(): Use {
    const members = [...this.found].map(([name, { declared, files }]) => ({ name, ...declared, files: [...files] }));
    return { members: members.sort((a, b) => (a.name < b.name ? -1 : 1)), unknownLoads: this.unknownLoads };
  }

  private symbolsAt(node: ts.Node, file: string): { readonly symbol: ts.Symbol; readonly call?: ts.CallExpression }[] {
    if (ts.isPropertyAccessExpression(node)) {
      const symbol = this.checker.getSymbolAtLocation(node.name);
      const call = ts.isCallExpression(node.parent) && node.parent.expression === node ? node.parent : undefined;
      return symbol ? [{ symbol, ...(call ? { call } : {}) }] : [];
    }
    if (ts.isBindingElement(node)) return this.property(this.checker.getTypeAtLocation(node.parent), nameOf(node));
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
      const type = this.checker.getContextualType(node.parent);
      return this.property(type, nameOf(node));
    }
    return ts.isCallExpression(node) ? this.loaded(node, file) : [];
  }

  private property(type: ts.Type | undefined, name: string | undefined): { readonly symbol: ts.Symbol }[] {
    const symbol = type && name !== undefined ? this.checker.getPropertyOfType(type, name) : undefined;
    return symbol ? [{ symbol }] : [];
  }

  /** What a text given to `load` names: `items/protection/protected,items/name`. */
  private loaded(call: ts.CallExpression, file: string): { readonly symbol: ts.Symbol }[] {
    const { expression } = call;
    const [argument] = call.arguments;
    if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== "load" || !argument) return [];
    const declared = this.checker.getSymbolAtLocation(expression.name)?.declarations?.some(isMicrosofts);
    if (declared !== true) return [];
    const given = this.checker.getTypeAtLocation(argument);
    if (!given.isStringLiteral()) {
      this.unknownLoads.push(`${file}: ${call.getText()}`);
      return [];
    }
    const from = this.checker.getNonNullableType(this.checker.getTypeAtLocation(expression.expression));
    return given.value.split(",").flatMap((path) => this.alongPath(from, path.trim().split("/"), file));
  }

  private alongPath(from: ts.Type, parts: readonly string[], file: string): { readonly symbol: ts.Symbol }[] {
    let type = from;
    return parts.flatMap((part) => {
      const symbol = this.checker.getPropertyOfType(type, part);
      if (!symbol) {
        this.unknownLoads.push(`${file}: ${this.checker.typeToString(type)} has no ${part}`);
        return [];
      }
      const property = this.checker.getTypeOfSymbol(symbol);
      type = this.checker.getIndexTypeOfType(property, ts.IndexKind.Number) ?? property;
      return [{ symbol }];
    });
  }

  private note(symbol: ts.Symbol, file: string, call: ts.CallExpression | undefined): void {
    const declaration = symbol.declarations?.find(isMicrosofts);
    if (!declaration) return;
    const parent = (declaration.parent as { readonly name?: ts.Node }).name?.getText() ?? "";
    const name = parent === "" ? symbol.name : `${parent}.${symbol.name}`;
    const declared = asCalled(name, declaredSet(declaration), call);
    const known = this.found.get(name);
    if (known && !isNewer(declared.version, known.declared.version)) known.files.add(file);
    else this.found.set(name, { declared, files: new Set([...(known?.files ?? []), file]) });
  }
}

interface Declared {
  readonly set: string | undefined;
  readonly version: string | undefined;
}

function asCalled(name: string, declared: Declared, call: ts.CallExpression | undefined): Declared {
  const rule = AS_CALLED[name];
  if (!rule || !call || call.arguments.length > rule.mostArguments) return declared;
  return { ...declared, version: rule.version };
}

const isMicrosofts = (declaration: ts.Declaration): boolean =>
  declaration.getSourceFile().fileName.includes("/@types/office-js/");

/** `[Api set: ExcelApi 1.9]`, `**Requirement set**: {@link … | SharedRuntime 1.1}`; of several versions the newest. */
function declaredSet(declaration: ts.Declaration): Declared {
  const text = declaration.getSourceFile().text.slice(declaration.pos, declaration.getStart());
  const named =
    /\[Api set: (\w+) ([^\]]+)\]/.exec(text) ?? /Requirement sets?\*\*:[^\n]*\| (\w+) (\d+\.\d+)\}/.exec(text);
  const versions = named?.[2]?.match(/\d+\.\d+/g) ?? [];
  return {
    set: named?.[1],
    version: versions.reduce<string | undefined>((newest, one) => (isNewer(one, newest) ? one : newest), undefined),
  };
}

function isNewer(version: string | undefined, than: string | undefined): boolean {
  if (version === undefined) return false;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = (than ?? "0.0").split(".").map(Number);
  return major > otherMajor || (major === otherMajor && minor > otherMinor);
}

function nameOf(node: ts.BindingElement | ts.PropertyAssignment | ts.ShorthandPropertyAssignment): string | undefined {
  const name = ts.isBindingElement(node) ? (node.propertyName ?? node.name) : node.name;
  return ts.isIdentifier(name) ? name.text : undefined;
}
