import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { formatPackPart, PACK_NAMESPACE } from "../../src/jobs/workbook-packs.js";
import { addCustomXml } from "../../src/ooxml/custom-xml.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { Package, PackageDraft } from "../../src/ooxml/package.js";
import { readWorkbook } from "../../src/ooxml/workbook-part.js";
import { packFiles } from "../packs-folder.js";
import { contents, GOOD_ROWS, NOW, ROOT, tiaoli, useFolder, writeLedger, type Run } from "./command.js";

/** A pack that a workbook carries counts only once its user has said so on this machine. */

const at = useFolder();
const run = (...args: string[]): Run => tiaoli(args, { TIAOLI_CONFIG_DIR: at("config") });
const explain = (...args: string[]): Run =>
  run("explain", at("in.xlsx"), "--id", "20260316-001", "--now", NOW, "--json", ...args);
const process_ = (...args: string[]): Run => run("process", at("in.xlsx"), "--now", NOW, ...args);

/** `general` with a first reply due in two hours instead of twenty-four. */
function hurried(): Record<string, string> {
  const files = Object.fromEntries(packFiles("general"));
  return { ...files, "parameters.json": files["parameters.json"]!.replace('"value": 24,', '"value": 2,') };
}

function carry(...parts: readonly string[]): void {
  const from = new Package(readFileSync(at("in.xlsx")), nodeCodec);
  const draft = new PackageDraft(from);
  parts.forEach((xml, i) => {
    const itemId = `{00000000-0000-0000-0000-00000000000${i}}`;
    addCustomXml(draft, readWorkbook(from), { xml, namespace: PACK_NAMESPACE, itemId });
  });
  writeFileSync(at("in.xlsx"), draft.finish());
}

beforeEach(async () => {
  await writeLedger(at("in.xlsx"), GOOD_ROWS, { packs: ["general", "furniture-north", "restaurant"] });
}, 60_000);

const hours = ({ stdout }: Run): string | undefined =>
  /"firstReplyDue"[^}]*?2026-03-16T(\d\d)|2026-03-1[67]T(\d\d):00:00/.exec(stdout)?.[0];

describe("a pack that the workbook carries", () => {
  it("neither used nor ignored: exit 2, names what differs, writes nothing", () => {
    carry(formatPackPart({ id: "general", files: hurried() }));
    const before = contents(dirname(at("x")));
    const { code, stdout, stderr } = process_();
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(
      /^[^\n]*general[^\n]*首次回复期限 24 → 2[^\n]*parameters\.json[^\n]*--workbook-rules[^\n]*\n$/,
    );
    expect(contents(dirname(at("x")))).toEqual(before);
  });

  it("used: says so, judges by it, and this machine remembers; another workbook's pack is asked about", () => {
    const plain = explain();
    carry(formatPackPart({ id: "general", files: hurried() }));
    const used = explain("--workbook-rules", "use");
    expect(used.code).toBe(0);
    expect(used.stderr).toContain("采用工作簿自带的规则包");
    expect(hours(used)).not.toBe(hours(plain));
    expect(explain().stdout).toBe(used.stdout);
    carry(formatPackPart({ id: "general", files: { ...hurried(), "extra.md": "x" } }));
    expect(process_().code).toBe(2);
  });

  it("ignored: says so, and judges by the program's own", () => {
    const plain = explain();
    carry(formatPackPart({ id: "general", files: hurried() }));
    const ignored = explain("--workbook-rules", "ignore");
    expect(ignored.stdout).toBe(plain.stdout);
    expect(ignored.stderr).toContain("没有采用");
    expect(explain().stdout).toBe(plain.stdout);
  });

  it("--rules takes its place and says so", () => {
    const plain = explain();
    carry(formatPackPart({ id: "general", files: hurried() }));
    cpSync(`${ROOT}/rules`, at("rules"), { recursive: true });
    const { code, stdout, stderr } = explain("--rules", at("rules"));
    expect({ code, stdout }).toEqual({ code: 0, stdout: plain.stdout });
    expect(stderr).toMatch(/--rules.*general/);
  });

  it("with the program's own rules is none to ask about", () => {
    const plain = explain();
    carry(formatPackPart({ id: "general", files: Object.fromEntries(packFiles("general")) }));
    expect(explain()).toEqual(plain);
  });

  it("that the program does not have judges its rows once it is used", () => {
    const files = Object.fromEntries(packFiles("general"));
    const own = { ...files, "pack.json": files["pack.json"]!.replace('"id": "general"', '"id": "house-rules"') };
    carry(formatPackPart({ id: "house-rules", files: own }));
    expect(process_().stderr).toContain("house-rules");
    const { code, stdout } = explain("--workbook-rules", "use", "--pack", "house-rules");
    expect(code).toBe(0);
    expect(stdout).toContain("house-rules");
  });

  it.each([
    ["broken XML", `<pack xmlns="${PACK_NAMESPACE}" id="general"><file`],
    ["a pack without a name", `<pack xmlns="${PACK_NAMESPACE}"/>`],
    ["a pack with a problem", formatPackPart({ id: "general", files: { "pack.json": "{" } })],
  ])("%s: exit 2 with the part's name, unless it is ignored", (_, xml) => {
    carry(xml);
    const before = contents(dirname(at("x")));
    for (const args of [[], ["--workbook-rules", "use"]]) {
      const { code, stderr } = process_(...args);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^[^\n]*customXml\/item\d+\.xml[^\n]*\n$/);
    }
    expect(contents(dirname(at("x")))).toEqual(before);
    expect(explain("--workbook-rules", "ignore").code).toBe(0);
  });
});

describe("a number that stands in two packs", () => {
  beforeEach(async () => {
    const [first] = GOOD_ROWS;
    await writeLedger(at("in.xlsx"), [
      { ...first!, id: "N1" },
      { ...first!, id: "N1", pack: "restaurant" },
    ]);
  }, 60_000);

  it.each([["explain"], ["forms", "--form", "投诉受理单", "-o", "out"]])(
    "%s asks for --pack and names both",
    (name, ...rest) => {
      const args = rest.map((arg) => (arg === "out" ? at("out") : arg));
      const call = [name, at("in.xlsx"), "--id", "N1", "--now", NOW, ...args];
      const { code, stderr } = run(...call);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^[^\n]*general[^\n]*restaurant[^\n]*--pack[^\n]*\n$/);
      const { code: done, stdout } = run(...call, "--pack", "restaurant", "--json");
      expect(done).toBe(0);
      expect(stdout).not.toContain("general");
    },
  );
});
