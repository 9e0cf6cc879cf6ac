/**
 * All figures in one run: `npm run bench`. Rules against hand-written if/else and json-rules-engine, reading and patching
 * against exceljs, and the whole `process` against exceljs merely reading and rewriting the same file (child processes).
 */
import { execFileSync, spawnSync } from "node:child_process";
import ExcelJS from "exceljs";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROWS = 20_000;
const ROUNDS = 5;
const HEADERS = [
  "投诉编号",
  "受理时间",
  "投诉渠道",
  "客户名称",
  "客户类型",
  "联系电话",
  "地区",
  "产品名称",
  "订单编号",
  "数量",
  "不良数量",
  "单价",
  "投诉内容",
  "客户要求",
  "原因",
  "损失金额",
  "是否成立",
  "责任人",
  "首次回复时间",
  "结案时间",
];

for (const script of ["bench/rules.ts", "bench/files.ts"]) {
  execFileSync(process.execPath, ["--import", "tsx", script], { stdio: "inherit" });
}

const folder = mkdtempSync(join(tmpdir(), "tiaoli-bench-"));
try {
  const input = join(folder, "in.xlsx");
  await makeLedger(input);
  const hook = join(folder, "usage.cjs");
  writeFileSync(
    hook,
    'process.on("exit", () => { const u = process.cpuUsage(); process.stderr.write(`\\ncpu ${(u.user + u.system) / 1e6}\\n`); });',
  );
  const rewrite = join(folder, "rewrite.mjs");
  const library = import.meta.resolve("exceljs");
  writeFileSync(
    rewrite,
    `import E from ${JSON.stringify(library)}; const w = new E.Workbook(); await w.xlsx.readFile(${JSON.stringify(input)}); await w.xlsx.writeFile(${JSON.stringify(join(folder, "rewritten.xlsx"))});`,
  );
  const cpu = (args: readonly string[]): number => {
    const { stderr } = spawnSync(process.execPath, ["--require", hook, ...args], { encoding: "utf8" });
    return Number(/\ncpu ([\d.]+)\n/.exec(stderr)![1]);
  };
  for (const pack of ["furniture-north", "franchise-retail", "general"]) {
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const ours = cpu([
        "bin/tiaoli.js",
        "process",
        input,
        "-o",
        join(folder, "out.xlsx"),
        "--pack",
        pack,
        "--now",
        "2026-03-31T18:00",
      ]);
      ratios.push(ours / cpu([rewrite]));
    }
    ratios.sort((a, b) => a - b);
    console.log(
      `whole process, ${ROWS} rows, ${pack}: ${ratios[ROUNDS >> 1]!.toFixed(3)} of exceljs read + write (wanted: at most 0.25)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function makeLedger(path: string): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true, useSharedStrings: true });
  const sheet = workbook.addWorksheet("投诉台账");
  sheet.columns = HEADERS.map((header, i) => ({
    header,
    width: 14,
    ...(i === 1 || i > 17 ? { style: { numFmt: "yyyy-mm-dd hh:mm" } } : {}),
  }));
  const at = (i: number, minutes: number): Date => new Date(Date.UTC(2026, 0, 1) + (i * 5 + minutes) * 60_000);
  for (let i = 0; i < ROWS; i++) {
    const text = `第 ${i} 单：客户来电反映收到的床垫表面有污渍并且边角开线，要求更换，型号 ${i % 97}`;
    sheet
      .addRow([
        `20260101-${i}`,
        at(i, 0),
        "电话",
        `客户${i % 3000}`,
        "经销商",
        `138${String(i).padStart(8, "0")}`,
        "广东",
        `床垫 ${i % 50} 型`,
        `DD${i}`,
        i % 100,
        i % 7,
        12.5 + (i % 10),
        text,
        "换货",
        "搬运",
        (i % 500) / 10,
        i % 9 ? "是" : "否",
        "张三",
        at(i, 60),
        i % 3 ? at(i, 2880) : null,
      ])
      .commit();
  }
  await workbook.commit();
}
