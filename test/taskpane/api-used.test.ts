import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { excelPage } from "../../scripts/build-excel-page.js";
import { usedMembers } from "../../scripts/excel-api/used-members.js";
import { MINIMUM, OPTIONAL, REQUIREMENTS } from "../../src/ledger/excel/requirements.js";
import { isAtLeast } from "../../src/workbench/host/api-level.js";

/** What the add-in asks of Excel, read from its sources, against what the manifest asks for and what is looked for at run time. */

const { members, unknownLoads } = usedMembers();
const ofExcel = members.filter(({ set }) => set === "ExcelApi");
const optional = OPTIONAL.flatMap(({ members: named }) => named);

describe("every member of Excel's object model that is used", () => {
  test("is found, those named in texts of `load` and in options too", () => {
    const names = members.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        "Range.getMergedAreasOrNullObject",
        "WorksheetChangedEventArgs.triggerSource",
        "RunOptions.mergeUndoGroup",
        "FormatProtection.locked",
        "Addin.showAsTaskpane",
      ]),
    );
    expect(ofExcel.length).toBeGreaterThan(100);
    expect(unknownLoads).toEqual([]);
  });

  test("is within the minimum of the manifest, or looked for at run time", () => {
    const beyond = ofExcel.filter(({ version }) => version !== undefined && !isAtLeast(MINIMUM, version));
    expect(beyond.map(({ name }) => name).sort()).toEqual([...optional].sort());
    for (const { name, version } of beyond) {
      expect(OPTIONAL.find((one) => one.members.includes(name))?.version).toBe(version);
    }
  });

  test("is of a version for which there is a reason", () => {
    const reasons = [...REQUIREMENTS, ...OPTIONAL].map(({ version }) => version);
    const versions = new Set(ofExcel.map(({ version }) => version));
    versions.delete("1.1");
    expect([...versions].filter((version) => !reasons.includes(version!))).toEqual([]);
    expect(reasons.filter((version) => !versions.has(version))).toEqual([]);
  });

  test("is of no set but Excel's and the shared runtime's, which the manifest names", () => {
    const manifest = readFileSync("manifest.xml", "utf8");
    const sets = [...new Set(members.flatMap(({ set }) => set ?? []))].sort();
    expect(sets).toEqual(["ExcelApi", "SharedRuntime"]);
    for (const set of sets) expect(manifest).toContain(`<Set Name="${set}"`);
    expect(manifest).toContain(`<Set Name="ExcelApi" MinVersion="${MINIMUM}"/>`);
  });

  test("stands in the page for administrators", () => {
    const page = readFileSync("docs/excel-versions.md", "utf8");
    expect(excelPage(page, members)).toBe(page);
  });
});
