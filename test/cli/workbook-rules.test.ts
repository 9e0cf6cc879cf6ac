import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { strFromU8, unzipSync } from "fflate";
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

  it("that the program does not have judges its rows once it is used", async () => {
    const files = Object.fromEntries(packFiles("general"));
    const own = { ...files, "pack.json": files["pack.json"]!.replace('"id": "general"', '"id": "house-rules"') };
    // With 默认制度 the ledger would say itself what its rows are.
    await writeLedger(at("in.xlsx"), GOOD_ROWS, { packs: ["general", "furniture-north", "restaurant"], settings: [] });
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

  it("papers bear the title of its pack, by name and on the page", () => {
    const call = [
      "forms",
      at("in.xlsx"),
      "--id",
      "N1",
      "--form",
      "投诉受理单",
      "--now",
      NOW,
      "-o",
      at("out"),
      "--json",
    ];
    const made = ["general", "restaurant"].map((pack) => {
      const { code, stdout } = run(...call, "--pack", pack);
      expect(code).toBe(0);
      return (JSON.parse(stdout) as { forms: { file: string }[] }).forms[0]!.file;
    });
    expect(made[0]).not.toBe(made[1]);
    for (const [file, title] of [
      [made[0]!, /通用/],
      [made[1]!, /餐饮/],
    ] as const) {
      expect(basename(file)).toMatch(/^N1（/);
      expect(basename(file)).toMatch(title);
      expect(strFromU8(unzipSync(readFileSync(file))["word/document.xml"]!)).toMatch(/N1（/);
    }
  });
});

const FIRST = GOOD_ROWS[0]!;

describe("--pack with --id, where the number is of another pack", () => {
  const explain = (pack: string): ReturnType<typeof run> =>
    run("explain", at("in.xlsx"), "--id", "N1", "--now", NOW, "--pack", pack);

  it.each([
    ["适用制度", { pack: "general" }, []],
    ["默认制度", {}, [["默认制度", "general"]]],
  ] as const)(
    "%s says so: one line that names it, and nothing is judged by the pack asked for",
    async (_, cells, settings) => {
      await writeLedger(at("in.xlsx"), [{ ...FIRST, id: "N1", ...cells }], { settings });
      const { code, stdout, stderr } = explain("restaurant");
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^[^\n]*N1[^\n]*general[^\n]*restaurant[^\n]*\n$/);
      expect(explain("general").code).toBe(0);
    },
  );

  it("a row of which nothing says a pack is the caller's; once it was judged, 规则版本 says it", async () => {
    await writeLedger(at("in.xlsx"), [{ ...FIRST, id: "N1" }], { settings: [] });
    expect(explain("restaurant").stdout).toContain("餐饮");
    expect(run("process", at("in.xlsx"), "--now", NOW, "--pack", "restaurant").code).toBe(0);
    expect(explain("restaurant").stdout).toContain("餐饮");
    const { code, stderr } = explain("furniture-north");
    expect(code).toBe(2);
    expect(stderr).toMatch(/N1/);
  });
});
