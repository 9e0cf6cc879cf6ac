import { spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  openSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parquetFrom } from "../batch/tables.js";
import { contents, GOOD_ROWS, NOW, ROOT, tiaoli, useFolder, writeLedger } from "./command.js";

/** Exit code 2: one line on stderr that says what, where and how to mend it; nothing is written. */

const at = useFolder();

/** Runs the command, expects it to refuse, and gives the sentence. */
function refused(args: readonly string[]): string {
  const before = contents(dirname(at("x")));
  const { code, stdout, stderr } = tiaoli(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).not.toMatch(/\bat .+:\d+:\d+|undefined|\[object/);
  expect(contents(dirname(at("x")))).toEqual(before);
  return stderr.trimEnd();
}

const OLE = Buffer.from("d0cf11e0a1b11ae1", "hex");
/** A compound file with one directory entry of this name, as far as telling its kind goes. */
function compoundFile(entry: string): Buffer {
  const bytes = Buffer.alloc(2048);
  OLE.copy(bytes);
  bytes.writeUInt16LE(0x3e, 24);
  bytes.writeUInt16LE(3, 26);
  bytes.writeUInt16LE(0xfffe, 28);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt16LE(6, 32);
  bytes.writeUInt32LE(0, 48);
  bytes.write(entry, 512, "utf16le");
  bytes.writeUInt16LE(entry.length * 2 + 2, 512 + 64);
  bytes[512 + 66] = 2;
  return bytes;
}

describe("a file that can't be processed", () => {
  const files: readonly (readonly [what: string, bytes: Buffer, says: RegExp])[] = [
    ["an empty file", Buffer.alloc(0), /不是 Excel 工作簿/],
    [
      "a text file with the wrong name",
      Buffer.from("受理时间,投诉内容\n2026-03-01,坏了\n"),
      /不是 Excel 工作簿.*另存为 \.xlsx/,
    ],
    ["an .xls file", compoundFile("Workbook"), /\.xls.*另存为 \.xlsx/],
    ["a workbook with a password", compoundFile("EncryptedPackage"), /密码/],
    ["a zip that is no workbook", Buffer.from("504b0506000000000000000000000000000000000000", "hex"), /.+/],
  ];
  it.each(files)("%s", (_, bytes, says) => {
    writeFileSync(at("in.xlsx"), bytes);
    for (const args of [[], ["-o", at("out.xlsx")]]) {
      const line = refused(["process", at("in.xlsx"), "--now", NOW, ...args]);
      expect(line).toMatch(says);
      expect(line).toContain("in.xlsx");
    }
    expect(refused(["explain", at("in.xlsx"), "--id", "1", "--now", NOW])).toMatch(says);
  });

  it("a missing file, and a folder in its place", () => {
    expect(refused(["process", at("nobody.xlsx"), "--now", NOW])).toContain("nobody.xlsx");
    mkdirSync(at("folder.xlsx"));
    expect(refused(["process", at("folder.xlsx"), "--now", NOW])).toContain("folder.xlsx");
  });

  it("a workbook cut off in the middle", async () => {
    await writeLedger(at("whole.xlsx"), GOOD_ROWS);
    const bytes = readFileSync(at("whole.xlsx"));
    writeFileSync(at("in.xlsx"), bytes.subarray(0, bytes.length / 2));
    expect(refused(["process", at("in.xlsx"), "--now", NOW])).toContain("in.xlsx");
  });

  it("a workbook without a ledger: the missing columns are named", async () => {
    await writeLedger(at("whole.xlsx"), []);
    const { unzipSync, zipSync, strFromU8, strToU8 } = await import("fflate");
    const parts = unzipSync(readFileSync(at("whole.xlsx")));
    for (const name of Object.keys(parts))
      if (/sharedStrings|tables\/|worksheets\/sheet/.test(name) && name.endsWith(".xml"))
        parts[name] = strToU8(strFromU8(parts[name]!).replaceAll("投诉内容", "随便写写"));
    writeFileSync(at("in.xlsx"), zipSync(parts));
    expect(refused(["process", at("in.xlsx"), "--now", NOW])).toContain("投诉内容");
  });

  it("a read-only file is not replaced", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    chmodSync(at("in.xlsx"), 0o444);
    expect(refused(["process", at("in.xlsx"), "--now", NOW])).toMatch(/in\.xlsx.*只读/);
    expect(tiaoli(["process", at("in.xlsx"), "-o", at("out.xlsx"), "--now", NOW]).code).toBe(0);
  });

  it("a target folder that isn't there, and a target that is a folder", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    expect(refused(["process", at("in.xlsx"), "-o", join(at("nowhere"), "out.xlsx"), "--now", NOW])).toContain(
      "nowhere",
    );
    mkdirSync(at("folder"));
    expect(refused(["process", at("in.xlsx"), "-o", at("folder"), "--now", NOW])).toContain("folder");
  });
});

describe("a file in the wrong place", () => {
  it("a pack or a calendar is never written over a ledger, nor under a workbook's name", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const pack = ["pack", join(ROOT, "rules", "general"), "-o"];
    expect(refused([...pack, at("in.xlsx")])).toMatch(/in\.xlsx.*不是工作簿/);
    cpSync(at("in.xlsx"), at("ledger"));
    expect(refused([...pack, at("ledger")])).toMatch(/ledger.*另一种文件/);
    const today = ["today", at("in.xlsx"), "--now", NOW, "--ics"];
    expect(refused([...today, at("in.xlsx")])).toContain("读入的台账本身");
    expect(refused([...today, at("t.xlsx")])).toMatch(/t\.xlsx.*不是工作簿/);
  });

  it("a batch writes over none of the parts it reads, and makes no folder for an output", () => {
    mkdirSync(at("parts"));
    for (const name of ["a.csv", "b.csv"])
      writeFileSync(join(at("parts"), name), "受理时间,投诉内容\n2026-03-02 09:00,坏了\n");
    const batch = (output: string): string => refused(["batch", at("parts"), "-o", output, "--now", NOW]);
    expect(batch(join(at("parts"), "a.csv"))).toMatch(/a\.csv.*没有覆盖/);
    expect(readFileSync(join(at("parts"), "a.csv"), "utf8")).toContain("坏了");
    expect(batch(join(at("nowhere"), "deep", "out.csv"))).toContain("nowhere");
  });

  it("a table without 受理时间, of whatever kind: the column is named in one line and nothing is written", async () => {
    writeFileSync(at("in.csv"), "投诉内容,客户名称\n坏了,甲\n");
    writeFileSync(at("in.jsonl"), '{"投诉内容":"坏了","客户名称":"甲"}\n');
    await parquetFrom(at("in.csv"), at("in.parquet"));
    for (const name of ["in.csv", "in.jsonl", "in.parquet"]) {
      const line = refused(["batch", at(name), "-o", at("out.csv"), "--now", NOW]);
      expect(line).toContain(name);
      expect(line).toMatch(/没有“受理时间”这一列/);
    }
  });

  it("no key is made for a signature that comes to nothing", () => {
    mkdirSync(at("pack"));
    writeFileSync(join(at("pack"), "pack.json"), "{");
    const sign = ["sign", at("pack"), "--signer", "王芳", "--new-key", "--key"];
    expect(refused([...sign, at("key.pem")])).toContain("pack.json");
    cpSync(join(ROOT, "rules", "general"), join(at("good"), "general"), { recursive: true });
    expect(refused(["sign", join(at("good"), "general"), ...sign.slice(2), join(at("nowhere"), "key.pem")])).toContain(
      "nowhere",
    );
  });

  it.skipIf(process.platform === "win32")("a pipe in the place of a file is told, and waited for by no command", () => {
    const folder = mkdtempSync(join(tmpdir(), "tiaoli-pipe-"));
    try {
      for (const name of ["in.xlsx", "in.csv"]) spawnSync("mkfifo", [join(folder, name)]);
      for (const args of [
        ["process", join(folder, "in.xlsx"), "--now", NOW],
        ["process", "/dev/zero", "--now", NOW],
        ["group", folder, "-o", at("group.xlsx"), "--now", NOW],
        ["batch", join(folder, "in.csv"), "-o", at("out.csv"), "--now", NOW],
      ])
        expect(refused(args)).toMatch(/设备或管道/);
      expect(refused(["trust", join(folder, "in.xlsx"), "--name", "x"])).toContain("in.xlsx");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("rules that can't be used", () => {
  function rules(change: (folder: string) => void): string {
    const folder = at("rules");
    cpSync(join(ROOT, "rules", "general"), join(folder, "general"), { recursive: true });
    change(join(folder, "general"));
    return folder;
  }

  it("a pack with broken JSON: file and line are named", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS.slice(0, 1), { packs: ["general", "restaurant"] });
    const folder = rules((pack) => {
      writeFileSync(join(pack, "deadlines.json"), '{\n  "rules": [\n    oops\n  ]\n}\n');
    });
    const line = refused(["process", at("in.xlsx"), "-o", at("out.xlsx"), "--now", NOW, "--rules", folder]);
    expect(line).toMatch(/general\/deadlines\.json.*3/);
  });

  it("a pack with a misspelt operator: the rule is named", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS.slice(0, 1), { packs: ["general", "restaurant"] });
    const folder = rules((pack) => {
      const file = join(pack, "deadlines.json");
      writeFileSync(file, readFileSync(file, "utf8").replace('"operator": "equal"', '"operator": "eqal"'));
    });
    const line = refused(["process", at("in.xlsx"), "--now", NOW, "--rules", folder]);
    expect(line).toContain("general/deadlines.json");
    expect(line).toContain("eqal");
    expect(refused(["packs", "--rules", folder])).toContain("eqal");
  });

  it("what the law says, with dates under their old names: the new name is given", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS.slice(0, 1), { packs: ["general", "restaurant"] });
    const folder = rules((pack) => {
      const law = readFileSync(`${ROOT}/rules/statutes/deductions.json`, "utf8");
      mkdirSync(join(dirname(pack), "statutes"), { recursive: true });
      writeFileSync(join(dirname(pack), "statutes/deductions.json"), law.replace('"effectiveFrom"', '"from"'));
    });
    expect(refused(["process", at("in.xlsx"), "--now", NOW, "--rules", folder])).toMatch(
      /statutes\/deductions\.json:\d+:\d+：“from”现在叫“effectiveFrom”/,
    );
  });

  describe("rule files that are no UTF-8 or lead nowhere", () => {
    const text = (): string => readFileSync(at("rules/general/classification.json"), "utf8");
    const utf16 = (): Buffer => Buffer.from(text(), "utf16le");
    const gb18030 = Buffer.from("7b22d6d0cec4223a312c22c8a5223a327d", "hex");

    it.each<[string, () => Buffer, RegExp]>([
      ["GB18030", () => gb18030, /classification\.json.*GB18030.*UTF-8/],
      [
        "UTF-16 with its mark",
        () => Buffer.concat([Buffer.from([0xff, 0xfe]), utf16()]),
        /classification\.json.*UTF-16 LE/,
      ],
      ["UTF-16 without a mark", utf16, /classification\.json.*UTF-16 LE/],
      ["UTF-16, the other order", () => Buffer.from(utf16().swap16()), /classification\.json.*UTF-16 BE/],
      ["no text at all", () => Buffer.from([0x7b, 0xff, 0xff, 0x80]), /classification\.json/],
    ])("%s: the encoding is named", async (_, bytes, says) => {
      await writeLedger(at("in.xlsx"), GOOD_ROWS);
      cpSync(`${ROOT}/rules/general`, at("rules/general"), { recursive: true });
      writeFileSync(at("rules/general/classification.json"), bytes());
      expect(refused(["process", at("in.xlsx"), "--rules", at("rules"), "--now", NOW])).toMatch(says);
    });

    it("a mark of UTF-8 in front is no other encoding", () => {
      cpSync(`${ROOT}/rules/general`, at("rules/general"), { recursive: true });
      writeFileSync(at("rules/general/classification.json"), `\ufeff${text()}`);
      expect(tiaoli(["packs", "--rules", at("rules")]).code).toBe(0);
    });

    it.each([
      ["a link that leads nowhere", "nowhere", /rules\/general\/x.*链接/],
      ["a link that leads back", "..", /链接绕回/],
      ["a link to itself", "x", /链接绕回/],
      ["a device", "/dev/zero", /不是文件/],
    ])("%s has its sentence", (_, target, says) => {
      cpSync(`${ROOT}/rules/general`, at("rules/general"), { recursive: true });
      symlinkSync(target, at("rules/general/x"));
      const { code, stderr } = tiaoli(["check", at("rules")]);
      expect(code).toBe(2);
      expect(stderr).toMatch(says);
      expect(stderr).toMatch(/^[^\n]+\n$/);
    });

    it("a pack behind a link is as good as any", () => {
      cpSync(`${ROOT}/rules/general`, at("elsewhere/general"), { recursive: true });
      mkdirSync(at("rules"));
      symlinkSync(at("elsewhere/general"), at("rules/general"));
      expect(tiaoli(["packs", "--rules", at("rules")]).stdout).toContain("general");
    });
  });

  it("a folder without packs, and one that isn't there", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS.slice(0, 1));
    mkdirSync(at("empty"));
    expect(refused(["process", at("in.xlsx"), "--now", NOW, "--rules", at("empty")])).toContain("pack.json");
    expect(refused(["process", at("in.xlsx"), "--now", NOW, "--rules", at("none")])).toContain("none");
  });
});

describe("a command line that makes no sense", () => {
  it.each([
    [["process"], /tiaoli --help/],
    [["process", "in.xlsx", "--fast"], /--fast.*tiaoli --help/],
    [["proces", "in.xlsx"], /proces.*tiaoli --help/],
    [[], /tiaoli process/],
    [["process", "in.xlsx", "--now", "昨天"], /昨天.*2026-03-31T18:00/],
    [["process", "in.xlsx", "--now", "2026-02-30"], /2026-02-30/],
    [["process", "in.xlsx", "--lang", "fr"], /fr.*zh.*en/],
    [["explain", "in.xlsx"], /--id/],
    [["new", "out.xlsx"], /--pack/],
  ])("%j", (args, says) => {
    expect(refused(args)).toMatch(says);
  });

  it("an unknown pack: the known ones are listed", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    expect(refused(["process", at("in.xlsx"), "--now", NOW, "--pack", "furniture"])).toMatch(/furniture”.*general/);
    expect(refused(["new", at("new.xlsx"), "--pack", "furniture"])).toMatch(/furniture”.*general/);
  });

  it("says it in English where that was asked for", () => {
    expect(refused(["process", at("nobody.xlsx"), "--lang", "en"])).toMatch(/^There is no file/);
  });
});

// /dev/full takes nothing, as a full disk does.
it.runIf(existsSync("/dev/full"))("what can't be shown in full is told, and is no success", () => {
  const full = openSync("/dev/full", "w");
  try {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "bin", "tiaoli.js"), "packs", "--json"], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "zh_CN.UTF-8" },
      stdio: ["ignore", full, "pipe"],
    });
    expect(status).toBe(2);
    expect(stderr).toContain("（ENOSPC）");
  } finally {
    closeSync(full);
  }
});
