import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { PACK_FOLDERS } from "../packs-folder.js";
import { contents, GOOD_ROWS, NOW, readLedger, ROOT, tiaoli, useFolder, writeLedger } from "./command.js";

const at = useFolder();

describe("explain", () => {
  it("tells rule, clause, parameters and the day-by-day count, and writes nothing", async () => {
    await writeLedger(at("in.xlsx"), [
      {
        pack: "furniture-north",
        receivedAt: "2026-02-13T10:00",
        description: "床架开裂，质量有问题",
        handoverAt: "2026-02-13T11:00",
      },
    ]);
    const before = contents(dirname(at("x")));
    const { code, stdout, stderr } = tiaoli(["explain", at("in.xlsx"), "--id", "260213001", "--now", NOW]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("4.2.3.3");
    expect(stdout).toContain("quality-discipline");
    // Three working days from Friday the 13th: the make-up Saturday, then nothing until the holiday is over.
    expect(stdout).toMatch(/2026-02-14 .*第1/);
    expect(stdout).toMatch(/2026-02-24 .*第2/);
    expect(stdout).toMatch(/2026-02-25 .*第3/);
    expect(contents(dirname(at("x")))).toEqual(before);
  });

  it("--json is one document, byte-equal twice, with the same outputs as process", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const args = ["explain", at("in.xlsx"), "--id", "260309001", "--now", NOW, "--json"];
    const [first, second] = [tiaoli(args), tiaoli(args)];
    expect(first.code).toBe(0);
    expect(second.stdout).toBe(first.stdout);
    const { outputs } = JSON.parse(first.stdout) as { outputs: { output: string; value: unknown }[] };
    const explained = Object.fromEntries(outputs.map(({ output, value }) => [output, value]));
    const processed = JSON.parse(
      tiaoli(["process", at("in.xlsx"), "-o", at("out.xlsx"), "--now", NOW, "--json"]).stdout,
    ) as { rows: { row: number; id: string }[] };
    expect({ row: 3, id: "260309001", ...explained }).toEqual(processed.rows[1]);
  });

  it("both rows of a number that stands twice", async () => {
    await writeLedger(at("in.xlsx"), [
      { ...GOOD_ROWS[0], id: "7" },
      { ...GOOD_ROWS[0], id: "7" },
    ]);
    expect(JSON.parse(tiaoli(["explain", at("in.xlsx"), "--id", "7", "--now", NOW, "--json"]).stdout)).toHaveLength(2);
  });

  it("a number that isn't there is refused", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const { code, stderr } = tiaoli(["explain", at("in.xlsx"), "--id", "没有的", "--now", NOW]);
    expect(code).toBe(2);
    expect(stderr).toContain("没有的");
  });
});

describe("packs", () => {
  it("lists every pack folder with its rules and cases", () => {
    const { code, stdout } = tiaoli(["packs", "--json"]);
    expect(code).toBe(0);
    const { packs } = JSON.parse(stdout) as { packs: { id: string; title: string; rules: number; cases: number }[] };
    expect(packs.map(({ id }) => id).sort()).toEqual([...PACK_FOLDERS].sort());
    for (const pack of packs) expect([pack.rules, pack.cases].every((n) => n > 0)).toBe(true);
  });
});

describe("check", () => {
  it("0 on a sound pack; 1 with the case named where an expectation fails", () => {
    const pack = join(at("rules"), "restaurant");
    cpSync(join(ROOT, "rules", "restaurant"), pack, { recursive: true });
    expect(tiaoli(["check", at("rules")])).toMatchObject({ code: 0 });

    const file = join(pack, "parameters.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"value": 100', '"value": 90'));
    const { code, stdout } = tiaoli(["check", at("rules")]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/cases\/.+\.json/);
  });

  it("1 on a pack with an error, which is named with file and line", () => {
    const pack = join(at("rules"), "restaurant");
    cpSync(join(ROOT, "rules", "restaurant"), pack, { recursive: true });
    const file = join(pack, "compensation.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"percent-of-price"', '"percent-of-prize"'));
    const { code, stdout } = tiaoli(["check", at("rules"), "--json"]);
    expect(code).toBe(1);
    const { problems } = JSON.parse(stdout) as { problems: { text: string }[] };
    expect(problems[0]!.text).toMatch(/compensation\.json:\d+.*percent-of-prize/);
  });
});

describe("new", () => {
  it("makes a ledger that can be processed as it is", () => {
    expect(tiaoli(["new", at("new.xlsx"), "--pack", "property-management"]).code).toBe(0);
    const { table, columns } = readLedger(at("new.xlsx"));
    expect(table).toBe("Complaints");
    expect(columns.get("households")?.header).toBe("涉及户数");
    expect(tiaoli(["process", at("new.xlsx"), "--now", NOW]).code).toBe(0);
  });

  it("with English headers on request", () => {
    tiaoli(["new", at("new.xlsx"), "--pack", "general", "--lang", "en"]);
    expect(readLedger(at("new.xlsx")).columns.get("description")?.header).toBe("Complaint");
  });

  it("never writes over a file", () => {
    writeFileSync(at("new.xlsx"), "mine");
    const { code, stderr } = tiaoli(["new", at("new.xlsx"), "--pack", "general"]);
    expect(code).toBe(2);
    expect(stderr).toContain("new.xlsx");
    expect(readFileSync(at("new.xlsx"), "utf8")).toBe("mine");
  });

  it("gives the same bytes twice", () => {
    tiaoli(["new", at("a.xlsx"), "--pack", "general"]);
    tiaoli(["new", at("b.xlsx"), "--pack", "general"]);
    expect(readFileSync(at("a.xlsx")).equals(readFileSync(at("b.xlsx")))).toBe(true);
  });
});

describe("help", () => {
  it.each(["process", "explain", "check", "packs", "new"])("%s --help", (command) => {
    const zh = tiaoli([command, "--help"]);
    expect(zh).toMatchObject({ code: 0, stderr: "" });
    expect(zh.stdout).toContain(`tiaoli ${command}`);
    expect(zh.stdout).toMatch(/[一-龥]/);
    expect(tiaoli([command, "--help", "--lang", "en"]).stdout).not.toMatch(/[一-龥]/);
  });

  it("--version", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    expect(tiaoli(["--version"])).toEqual({ code: 0, stdout: `tiaoli ${version}\n`, stderr: "" });
  });
});
