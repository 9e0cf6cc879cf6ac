import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeWorkbook, sheetData } from "../ooxml/support/ooxml.js";
import { useFolder, type Run } from "./command.js";
import { tiaoliHere } from "./here.js";

/** The command lines that are printed beside a question or a refusal, run as they stand. */

const at = useFolder();
const NOW = ["--now", "2026-03-31T18:00", "--pack", "auto-sales"];
type Cells = readonly (string | number | undefined)[];
const COMPLAINT = "销售顾问态度恶劣，投诉到媒体";

function workbook(name: string, sheets: Readonly<Record<string, readonly Cells[]>>): string {
  const list = Object.entries(sheets).map(([sheet, rows]) => ({ name: sheet, xml: sheetData(rows) }));
  writeFileSync(at(name), makeWorkbook({ sheets: list }));
  return at(name);
}

/** The words of a line as a shell takes them. */
function wordsOf(line: string): string[] {
  const { stdout, status } = spawnSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });
  expect(status).toBe(0);
  const [npx, name, ...words] = stdout.split("\0").slice(0, -1);
  expect([npx, name]).toEqual(["npx", "tiaoli"]);
  return words;
}

const runLine = (line: string): Promise<Run> => tiaoliHere(wordsOf(line));

interface Asked {
  readonly questions: readonly { readonly kind: string; readonly column?: string; readonly word?: string }[];
  readonly asked: readonly { readonly text: string; readonly answers: readonly { label: string; line: string }[] }[];
}

async function ask(path: string): Promise<Asked> {
  const { stdout } = await tiaoliHere(["fix-headers", path, "--json", ...NOW]);
  return JSON.parse(stdout) as Asked;
}

const keysOf = ({ questions }: Asked): string[] =>
  questions.map(({ kind, column = "", word = "" }) => [kind, column, word].join(" "));

const LEDGERS: Readonly<Record<string, Readonly<Record<string, readonly Cells[]>>>> = {
  "a column of closing days, persons and losses under names of all kinds": {
    客诉: [
      ["登记时间", "反映问题", '实际"办结"$日', "涉及人员!", "挽回的损失`元`\n（含税）"],
      ["2026-03-02", COMPLAINT, "2026-03-03", "张三", 100],
      ["2026-03-04", COMPLAINT, "2026-03-05", "李四", 200],
    ],
    通讯录: [
      ["员工姓名", "所属部门", "基本工资"],
      ["张三", "销售部", 7000],
      ["李四", "销售部", 8000],
    ],
  },
  "two columns for one thing": {
    客诉: [
      ["受理时间", "投诉内容", "关闭日期", "结案日期"],
      ["2026-03-02", COMPLAINT, "2026-03-03", "2026-03-09"],
    ],
  },
  "one header twice": {
    客诉: [
      ["投诉日期", "投诉内容", "投诉日期", "结案时间"],
      ["2026-03-02", COMPLAINT, "2026-03-03", "2026-03-09"],
    ],
  },
  "words of another system": {
    客诉: [
      ["受理时间", "投诉内容", "结案状态", "结案时间", "改判级别", "是否成立"],
      ["2026-03-02", COMPLAINT, "挂起=客户", undefined, "Level 2 - 中级", "Valid"],
      ["2026-03-03", COMPLAINT, 'it\'s "on hold"', undefined, undefined, "是"],
    ],
  },
  "dates that can be read in two ways": {
    客诉: [
      ["受理时间", "投诉内容", "结案时间"],
      ["3/4/2026", COMPLAINT, "2026-03-09"],
      ["5/4/2026", COMPLAINT, "2026-05-09"],
    ],
  },
  "a share and a department by hand": {
    客诉: [
      ["受理时间", "投诉内容", "结案时间", "工厂责任比例", "责任部门"],
      ["2026-03-02", COMPLAINT, "2026-03-03", 30, "销售部"],
      ["2026-03-03", COMPLAINT, "2026-03-04", 0.5, "售后部"],
    ],
  },
  "a table beside": {
    客诉: [
      ["受理时间", "投诉内容", "结案时间", undefined, "责任人", "次数"],
      ["2026-03-02", COMPLAINT, "2026-03-03", undefined, "张三", 2],
      ["2026-03-03", COMPLAINT, "2026-03-04", undefined, undefined, undefined],
      ["2026-03-04", COMPLAINT, "2026-03-05", undefined, undefined, undefined],
    ],
  },
};

describe("each line beside a question", () => {
  test.each(Object.entries(LEDGERS))("%s: run as it stands, leaves it answered", async (_, sheets) => {
    const path = workbook("台账 一.xlsx", sheets);
    const first = await ask(path);
    expect(first.asked.length).toBeGreaterThan(0);
    const original = readFileSync(path);
    for (const [i, { answers }] of first.asked.entries()) {
      expect(answers.length).toBeGreaterThan(0);
      for (const { line } of answers) {
        writeFileSync(path, original);
        const { code, stderr } = await runLine(line);
        expect([line, code, stderr]).toEqual([line, 0, ""]);
        const after = await ask(path);
        expect([line, keysOf(after)]).not.toEqual([line, expect.arrayContaining([keysOf(first)[i]])]);
      }
    }
  });

  test("is printed by process too, with sheet and pack", async () => {
    const path = workbook("台账.xlsx", {
      客诉: [
        ["受理时间", "投诉内容", "实际完结"],
        ["2026-03-02", COMPLAINT, "2026-03-03"],
      ],
      往年: [
        ["受理时间", "投诉内容", "实际完结"],
        ["2025-03-02", COMPLAINT, "2025-03-03"],
      ],
    });
    const { stdout, code } = await tiaoliHere(["process", path, "--sheet", "客诉", ...NOW]);
    expect(code).toBe(0);
    const line = `npx tiaoli fix-headers ${path} --sheet 客诉 --pack auto-sales --map "实际完结=结案时间"`;
    expect(stdout).toContain(`是“实际完结”：${line}\n`);
    expect((await runLine(line)).code).toBe(0);
    const after = await tiaoliHere(["process", path, "--sheet", "客诉", ...NOW]);
    expect(after.stdout).not.toContain("实际完结=结案时间");
  });

  test("of a table is the same command once more with one option more", async () => {
    writeFileSync(at("表 1.csv"), `受理时间,投诉内容,实际办结\n2026-01-05 09:00,${COMPLAINT},2026-01-05\n`);
    const out = at("out.jsonl");
    const { stdout } = await tiaoliHere(["batch", at("表 1.csv"), "-o", out, "--threads", "1", ...NOW]);
    const line = /是“实际办结”：(.*)\n/u.exec(stdout)![1]!;
    expect((await runLine(`${line} --threads 1`)).stdout).not.toContain("实际办结=结案时间");
    expect(existsSync(out)).toBe(true);
  });
});

/** A day, a complaint and a name under headers in any order. */
function cellsUnder(headers: readonly string[], day: string): Cells {
  const values = headers[0] === "谁" ? ["张三", COMPLAINT, day] : [day, COMPLAINT, "张三"];
  return values.slice(0, headers.length);
}

describe("a refusal for want of a column", () => {
  test.each([
    [
      "names alike",
      ["谁", "投诉内容和经过要点", "来投诉时间点"],
      '--map "来投诉时间点=受理时间" --map "投诉内容和经过要点=投诉内容"',
    ],
    ["names that say nothing", ["哪天", "啥事", "谁"], '--map "哪天=受理时间" --map "啥事=投诉内容"'],
    ["one of them known", ["受理时间", "啥事", "谁"], '--map "啥事=投诉内容"'],
  ] as const)("%s: gives the line that names it, and that line takes it away", async (_, headers, options) => {
    const path = workbook("台账.xlsx", {
      客诉: [headers, ...["2026-03-02", "2026-03-03"].map((day) => cellsUnder(headers, day))],
    });
    const refused = await tiaoliHere(["process", path, ...NOW]);
    expect(refused.code).toBe(2);
    expect(refused.stderr.trim().split("\n")).toHaveLength(1);
    const line = `npx tiaoli fix-headers ${path} ${options}`;
    expect(refused.stderr).toContain(line);
    expect((await tiaoliHere(["fix-headers", path, ...NOW])).stderr).toContain("npx tiaoli fix-headers");
    expect((await runLine(line)).code).toBe(0);
    const after = await tiaoliHere(["process", path, ...NOW]);
    expect([after.code, after.stderr]).toEqual([0, ""]);
    // What is missing beside them is asked about: following a refusal charges nobody.
    expect(after.stdout).toContain("待确认");
  });

  test("gives no line where nothing looks like it", async () => {
    const path = workbook("台账.xlsx", {
      客诉: [
        ["甲", "受理时间"],
        [1, "2026-03-02"],
      ],
    });
    const { code, stderr } = await tiaoliHere(["process", path, ...NOW]);
    expect(code).toBe(2);
    expect(stderr).toContain("缺少“投诉内容”列");
    expect(stderr).not.toContain("--map");
  });

  test("of a table gives the whole command", async () => {
    writeFileSync(at("a.csv"), `投诉日期,客诉内容,结案时间\n2026-01-05 09:00,${COMPLAINT},2026-01-05\n`);
    const refused = await tiaoliHere(["batch", at("a.csv"), "-o", at("o.jsonl"), ...NOW]);
    expect(refused.code).toBe(2);
    const line = /npx tiaoli .*$/mu.exec(refused.stderr)![0];
    expect((await runLine(`${line} --threads 1`)).code).toBe(0);
  });
});
