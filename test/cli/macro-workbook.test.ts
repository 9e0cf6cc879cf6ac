import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { readFileSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { macroProject } from "../support/macro-project.js";
import { GOOD_ROWS, NOW, readLedger, useFolder, writeLedger } from "./command.js";
import { tiaoliHere } from "./here.js";

/** A workbook with macros goes through every command that writes it with its project, signature and ribbon byte for byte. */

const at = useFolder();
const PROJECT = macroProject();
const RELATIONS = "http://schemas.microsoft.com/office/2006/relationships";

/** Parts that no command may touch. */
const KEPT: Readonly<Record<string, Uint8Array>> = {
  "xl/vbaProject.bin": PROJECT,
  "xl/vbaProjectSignature.bin": PROJECT.slice(100, 700),
  "xl/_rels/vbaProject.bin.rels": strToU8(
    `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/vbaProjectSignature" Target="vbaProjectSignature.bin"/></Relationships>`,
  ),
  "customUI/customUI14.xml": strToU8(
    '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs/></ribbon></customUI>',
  ),
};

type Parts = Record<string, Uint8Array>;
const partsOf = (file: string): Parts => unzipSync(readFileSync(at(file)));
const text = (parts: Parts, name: string): string => strFromU8(parts[name]!);

function changed(parts: Parts, name: string, from: string | RegExp, to: string | ((found: string) => string)): void {
  const before = text(parts, name);
  const after = before.replace(from, typeof to === "string" ? () => to : to);
  if (after === before) throw new Error(`${name} has no ${String(from)}`);
  parts[name] = strToU8(after);
}

/** As Excel keeps a ledger with macros. */
async function macroLedger(): Promise<Uint8Array> {
  const [first, ...others] = GOOD_ROWS;
  await writeLedger(at("in.xlsx"), [{ ...first!, closeAt: "2026。3。18" }, ...others]);
  const parts: Parts = { ...partsOf("in.xlsx"), ...KEPT };
  const types = "[Content_Types].xml";
  changed(parts, types, /application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet\.main\+xml/, MACROS);
  changed(
    parts,
    types,
    "</Types>",
    '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override PartName="/xl/vbaProjectSignature.bin" ContentType="application/vnd.ms-office.vbaProjectSignature"/></Types>',
  );
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/></Relationships>`;
  changed(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", relation("rIdVba", "vbaProject", "vbaProject.bin"));
  changed(parts, "_rels/.rels", "</Relationships>", relation("rIdUi", "ui/extensibility", "customUI/customUI14.xml"));
  changed(parts, "xl/workbook.xml", /<workbookPr[^>]*\/>|<sheets>/, (found) =>
    found === "<sheets>" ? '<workbookPr codeName="ThisWorkbook"/><sheets>' : '<workbookPr codeName="ThisWorkbook"/>',
  );
  return zipSync(parts);
}
const MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";

const WAYS: readonly (readonly [string, readonly string[]])[] = [
  ["process", ["process", "in.xlsm", "--now", NOW]],
  ["notices", ["notices", "in.xlsm", "--month", "2026-03", "--yes", "-o", "out", "--now", NOW]],
  ["repair", ["repair", "in.xlsm", "--apply", "--now", NOW]],
  ["fix-headers", ["fix-headers", "in.xlsm", "--map", "客户名称=投诉渠道", "--now", NOW]],
];

describe("a workbook with macros", () => {
  let made: Uint8Array | undefined;
  beforeEach(async () => {
    made ??= await macroLedger();
    writeFileSync(at("in.xlsm"), made);
  }, 60_000);

  const run = (args: readonly string[], way: string): ReturnType<typeof tiaoliHere> =>
    tiaoliHere(args.map((arg) => (["in.xlsm", "out", "out.xlsm"].includes(arg) ? at(arg) : arg)).concat(way));

  function isKept(file: string): void {
    const parts = partsOf(file);
    for (const [name, bytes] of Object.entries(KEPT)) expect(Buffer.compare(parts[name]!, bytes), name).toBe(0);
    expect(text(parts, "[Content_Types].xml")).toContain(MACROS);
    expect(text(parts, "[Content_Types].xml")).toContain("application/vnd.ms-office.vbaProject");
    expect(text(parts, "xl/_rels/workbook.xml.rels")).toContain('Target="vbaProject.bin"');
    expect(text(parts, "_rels/.rels")).toContain("customUI14.xml");
    expect(text(parts, "xl/workbook.xml")).toContain('codeName="ThisWorkbook"');
  }

  it.each(WAYS)(
    "%s keeps project, signature, ribbon and the kind of workbook, in place and elsewhere",
    async (_, args) => {
      const before = readFileSync(at("in.xlsm"));
      const { code, stderr } = await run(args, "--lang=zh");
      expect([code, stderr]).toEqual([expect.toSatisfy((n: number) => n < 2), expect.any(String)]);
      expect(readFileSync(at("in.xlsm")).equals(before)).toBe(false);
      isKept("in.xlsm");
      if (args[0] === "notices") return;
      writeFileSync(at("in.xlsm"), before);
      expect((await run(args, `--output=${at("out.xlsm")}`)).code).toBeLessThan(2);
      isKept("out.xlsm");
      expect(readFileSync(at("in.xlsm")).equals(before)).toBe(true);
    },
  );

  it("and all of them one after the other; it is a ledger still", async () => {
    for (const [, args] of WAYS) expect((await run(args, "--lang=zh")).code).toBeLessThan(2);
    isKept("in.xlsm");
    expect(readLedger(at("in.xlsm")).rows).toHaveLength(GOOD_ROWS.length);
  });

  it.each(WAYS.filter(([way]) => way !== "notices"))(
    "%s never writes it as a workbook without macros",
    async (_, args) => {
      const { code, stderr } = await run(args, `--output=${at("out.xlsx")}`);
      expect(code).toBe(2);
      expect(stderr).toContain(".xlsm");
    },
  );
});
