import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import { lineAt, type Problem } from "./problem.js";

/** The JSON files that ExtendedOverrides names. */
export interface ShortcutFiles {
  readonly file: string;
  readonly text: string;
  readonly resourcesFile: string;
  readonly resourcesText: string;
}

const MODIFIERS = ["Ctrl", "Alt", "Shift", "Command", "Option"];
const TOKEN = /^\$\{resource\.([^}]+)\}$/;
/** Taken by browsers and never handed on (Microsoft, "Add custom keyboard shortcuts to your Office Add-ins"). */
const BROWSER_KEYS = ["Ctrl+N", "Ctrl+Shift+N", "Ctrl+T", "Ctrl+Shift+T", "Ctrl+W", "Ctrl+Shift+W", "Ctrl+Shift+S"];

/** Everything that is wrong with the keyboard shortcuts and their texts in the other language. */
export function checkShortcuts({ file, text, resourcesFile, resourcesText }: ShortcutFiles): Problem[] {
  const main = new JsonFile(file, text);
  const other = new JsonFile(resourcesFile, resourcesText);
  const names = main.keys(["resources", "default"]);
  const translated = other.keys([]);
  const used = new Set<string>();
  const actions = new Set<string>();
  for (const action of main.items("actions")) {
    const id = main.string(action, "id");
    if (actions.has(id)) main.add(action, `action ${id} is defined twice`);
    actions.add(id);
    const token = TOKEN.exec(main.string(action, "name"))?.[1];
    if (token === undefined)
      main.add(action, `the name of action ${id} is no \${resource.…}, so it has one language only`);
    else if (!names.has(token)) main.add(action, `resource ${token} is not defined`);
    else used.add(token);
  }
  const bound = new Set<string>();
  const keys = new Set<string>();
  for (const shortcut of main.items("shortcuts")) {
    const action = main.string(shortcut, "action");
    if (!actions.has(action)) main.add(shortcut, `shortcut of an action ${action} that is not defined`);
    bound.add(action);
    const key = main.string(shortcut, "key", "default");
    if (!isCombination(key)) main.add(shortcut, `"${key}" is no combination of Ctrl or Alt with one key`);
    if (BROWSER_KEYS.includes(key)) main.add(shortcut, `${key} belongs to the browser`);
    if (keys.has(key)) main.add(shortcut, `${key} is given twice`);
    keys.add(key);
  }
  for (const [name, node] of names) {
    if (!used.has(name)) main.add(node, `resource ${name} is used nowhere`);
    if (!translated.has(name)) main.add(node, `${resourcesFile} has no ${name}`);
  }
  for (const [name, node] of translated) if (!names.has(name)) other.add(node, `${name} is no resource of ${file}`);
  for (const id of actions) if (!bound.has(id)) main.add(undefined, `action ${id} has no shortcut`);
  return [...main.problems, ...other.problems];
}

/** Ids of the actions that shortcuts run. */
export function shortcutActions(text: string): string[] {
  const file = new JsonFile("", text);
  return file.items("actions").map((action) => file.string(action, "id"));
}

class JsonFile {
  readonly problems: Problem[] = [];
  private readonly root: Node | undefined;

  constructor(
    private readonly name: string,
    private readonly text: string,
  ) {
    const errors: ParseError[] = [];
    this.root = parseTree(text, errors, { disallowComments: true });
    for (const { offset, error } of errors) {
      this.problems.push({ file: name, line: lineAt(text, offset), text: `no JSON: ${printParseErrorCode(error)}` });
    }
  }

  add(at: Node | undefined, text: string): void {
    this.problems.push({ file: this.name, line: lineAt(this.text, at?.offset ?? 0), text });
  }

  items(name: string): readonly Node[] {
    return (this.root && findNodeAtLocation(this.root, [name])?.children) ?? [];
  }

  /** The properties of an object, by name, with the places of their names. */
  keys(path: readonly string[]): ReadonlyMap<string, Node> {
    const node = this.root && findNodeAtLocation(this.root, [...path]);
    return new Map((node?.children ?? []).map((property) => [String(property.children?.[0]?.value), property]));
  }

  string(node: Node, ...path: readonly string[]): string {
    const value: unknown = findNodeAtLocation(node, [...path])?.value;
    return typeof value === "string" ? value : "";
  }
}

function isCombination(key: string): boolean {
  const parts = key.split("+");
  const last = parts.pop() ?? "";
  const modifiers = parts.filter((part) => MODIFIERS.includes(part));
  return (
    /^([A-Z0-9]|Up|Down|Left|Right|F\d{1,2})$/.test(last) &&
    modifiers.length === parts.length &&
    modifiers.some((part) => part !== "Shift")
  );
}
