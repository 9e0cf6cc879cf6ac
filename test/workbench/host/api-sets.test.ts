import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { apiSetsText } from "../../../scripts/host-api-sets.js";
import { hasMember, isAtLeast, isSetSupported } from "../../../src/workbench/host/api-level.js";
import { Author } from "../../../src/workbench/host/author.js";
import { Book } from "../../../src/workbench/host/book.js";
import { workbook } from "../../../src/workbench/host/handlers/workbook.js";
import { Args, type HostObject } from "../../../src/workbench/host/host-object.js";
import { orders } from "./orders.js";

describe("API sets", () => {
  it("are those of the installed type declarations", () => {
    const file = new URL("../../../src/workbench/host/api-sets.json", import.meta.url);
    expect(readFileSync(file, "utf8")).toBe(apiSetsText());
  });

  it("compare versions by number", () => {
    expect(isAtLeast("1.13", "1.9")).toBe(true);
    expect(isAtLeast("1.9", "1.13")).toBe(false);
    expect(isSetSupported({ ExcelApi: "1.9" }, "excelapi", "1.9")).toBe(true);
    expect(isSetSupported({ ExcelApi: "1.9" }, "DialogApi")).toBe(false);
    expect(hasMember({ ExcelApi: "1.12" }, "Table", "resize")).toBe(false);
    expect(hasMember({ ExcelApi: "1.17" }, "TableRowCollection", "deleteRowsAt")).toBe(false);
    expect(hasMember({ ExcelApi: "1.17", ExcelApiOnline: "1.1" }, "TableRowCollection", "deleteRowsAt")).toBe(true);
  });

  it("cover every public member that the host answers to: none is made up", () => {
    const path = createRequire(import.meta.url).resolve("@types/office-js/index.d.ts");
    const declarations = readFileSync(path, "utf8");
    const excel = declarations.slice(declarations.indexOf("declare namespace Excel {"));
    const unknown: string[] = [];
    for (const object of reachable()) {
      const from = excel.search(new RegExp(`^    class ${object.type}(?:<T>)? extends`, "m"));
      const body = from < 0 ? "" : excel.slice(from, excel.indexOf("\n    }", from));
      for (const member of object.memberNames()) {
        if (member.startsWith("_")) continue;
        if (!new RegExp(`[\\s]${member}(?:\\??:|\\()`).test(body)) unknown.push(`${object.type}.${member}`);
      }
    }
    expect([...new Set(unknown)]).toEqual([]);
  });
});

/** One object of every class that can be reached from the workbook through properties and collections. */
function reachable(): HostObject[] {
  const model = orders();
  const book = new Book(model);
  new Author(book).merge("Log", "A1:B2");
  model.settings.push({ key: "k", value: 1 });
  model.xmlParts.push({ id: "x", xml: "<a/>" });
  model.names.push({ name: "N", formula: "=Data!$A$1", visible: true, comment: "" });
  model.properties.custom.k = 1;
  const root = workbook(book);
  const range = root.method("getSelectedRange")!(new Args([])) as HostObject;
  range.child("conditionalFormats")!.method("add")!(new Args(["Custom"]));
  const sheet = root.child("worksheets")!.items()![0]!;
  sheet.child("charts")!.method("add")!(new Args(["Line", "A1:B3"]));
  const pivot = sheet.child("pivotTables")!.method("add")!(new Args(["P", "Orders", "G1"])) as HostObject;
  const field = pivot.child("hierarchies")!.items()![0]!;
  for (const axis of ["rowHierarchies", "filterHierarchies", "dataHierarchies"]) {
    pivot.child(axis)!.method("add")!(new Args([field]));
  }
  const merged = sheet.child("tables") && root.child("worksheets")!.items()![1]!.method("getRange")!(new Args([null]));
  const areas = (merged as HostObject).method("getMergedAreasOrNullObject")!(new Args([])) as HostObject;
  const byType = new Map<string, HostObject>();
  const visit = (object: HostObject | null | undefined): void => {
    if (!object || byType.has(object.type)) return;
    byType.set(object.type, object);
    for (const name of object.childNames()) visit(object.child(name));
    for (const item of object.items() ?? []) visit(item);
  };
  const result = root.child("functions")!.method("date")!(new Args([1904, 1, 1])) as HostObject;
  for (const object of [root, range, areas, result, ...pivot.child("rowHierarchies")!.items()!]) visit(object);
  return [...byType.values()];
}
