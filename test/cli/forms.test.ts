import { cpSync, readdirSync, writeFileSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { contents, GOOD_ROWS, NOW, ROOT, tiaoli, useFolder, writeLedger } from "./command.js";

const at = useFolder();
const forms = (...args: string[]) => tiaoli(["forms", at("in.xlsx"), "-o", at("out"), "--now", NOW, ...args]);

describe("forms", () => {
  it("without --form: all that the case needs, and the workbook stays as it was", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const before = readFileSync(at("in.xlsx"));
    const { code, stdout } = forms("--id", "260309001", "--json");
    expect(code).toBe(0);
    expect(readdirSync(at("out")).sort()).toEqual([
      "260309001 客户投诉登记及跟踪处理记录表.xlsx",
      "260309001 客户投诉转交处理联系单.docx",
    ]);
    const { messages } = JSON.parse(stdout) as { messages: string[] };
    expect(messages.join()).toMatch(/客户投诉转交处理联系单：下列各项没有内容，已留空待填：.*联系电话/);
    expect(readFileSync(at("in.xlsx")).equals(before)).toBe(true);
  });

  it("a letter by name; the same bytes twice", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    forms("--id", "260309001", "--form", "态度致歉信");
    const first = contents(at("out"));
    expect(Object.keys(first)).toEqual(["260309001 态度致歉信.docx"]);
    forms("--id", "260309001", "--form", "态度致歉信");
    expect(contents(at("out"))).toEqual(first);
  });

  it("an unknown form lists the names in one line; an unknown number is named", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const before = contents(dirname(at("x")));
    for (const [args, says] of [
      [["--id", "260309001", "--form", "表扬信"], /^没有单据“表扬信”，可选：.*投诉受理单[^\n]*检讨书[^\n]*\n$/],
      [["--id", "404"], /^[^\n]*404[^\n]*\n$/],
    ] as const) {
      const { code, stderr } = forms(...args);
      expect(code).toBe(2);
      expect(stderr).toMatch(says);
    }
    expect(contents(dirname(at("x")))).toEqual(before);
  });

  it("templates of one's own: a new form is a line and a file; a broken one is named", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const folder = at("templates");
    cpSync(join(ROOT, "templates", "forms", "检讨书.docx"), join(folder, "own.docx"));
    const register = (file: string): void => {
      writeFileSync(
        join(folder, "forms.json"),
        JSON.stringify({ forms: [{ name: "说明书", file, kind: "docx", packs: [] }] }),
      );
    };
    register("own.docx");
    expect(forms("--id", "260309001", "--form", "说明书", "--templates", folder).code).toBe(0);
    expect(readdirSync(at("out"))).toEqual(["260309001 说明书.docx"]);
    register("none.docx");
    expect(forms("--id", "260309001", "--form", "说明书", "--templates", folder)).toMatchObject({ code: 2 });
    writeFileSync(join(folder, "own.docx"), "not a zip");
    register("own.docx");
    const { code, stderr } = forms("--id", "260309001", "--form", "说明书", "--templates", folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^[^\n]*own\.docx[^\n]*\n$/);
  });
});
