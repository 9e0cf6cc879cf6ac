/**
 * CPU time of reading and patching a workbook, against exceljs reading and writing it: `npx tsx bench/files.ts [rows]`.
 * The workbook, made with exceljs in a temporary folder, has 20 input columns; the patch adds 20 output columns.
 */
import ExcelJS from "exceljs";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import type { OutputId } from "../src/domain/columns.js";
import type { ComplaintOutputs } from "../src/domain/complaint.js";
import type { Fen } from "../src/domain/money.js";
import { startOfDay, type Day, type WallTime } from "../src/domain/wall-time.js";
import { portableCodec, type Codec } from "../src/ooxml/codec.js";
import { openFileLedger } from "../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../src/ooxml/node-codec.js";
import { Package } from "../src/ooxml/package.js";
import { indexSheet } from "../src/ooxml/sheet-index.js";
import type { LedgerWrite } from "../src/ledger/port.js";
import { HEADERS, makeLedger } from "./big-ledger.js";

const OUTPUTS: readonly OutputId[] = [
  "category",
  "subcategory",
  "nature",
  "level",
  "department",
  "handler",
  "reportDue",
  "handoverDue",
  "firstReplyDue",
  "investigateDue",
  "closeDue",
  "revisitDue",
  "status",
  "nextStep",
  "overdue",
  "penalty",
  "approver",
  "basis",
  "messages",
  "packVersion",
];

const STATUSES = ["处理中", "已逾期", "即将到期", "已结案", "逾期结案"];
const FIRST_DAY = 46_023;

function outputsOf(i: number): ComplaintOutputs {
  const due = (hours: number): WallTime => (startOfDay((FIRST_DAY + (i % 90)) as Day) + hours * 3600 - 1) as WallTime;
  return {
    category: "产品质量类",
    subcategory: "外观",
    nature: i % 4 ? "一般" : "重大",
    level: ["一级", "二级", "三级"][i % 3]!,
    department: "生产部",
    handler: ["生产部经理", "客服主任"],
    reportDue: due(24),
    handoverDue: due(48),
    firstReplyDue: due(26),
    investigateDue: due(96),
    closeDue: due(168),
    revisitDue: due(240),
    status: STATUSES[i % STATUSES.length]!,
    nextStep: `于 ${i % 28} 日前答复客户`,
    overdue: i % 5 === 1,
    penalty: ((i % 40) * 1250) as Fen,
    approver: "总经理",
    basis: `第 ${i % 20} 条；第 ${i % 7} 款`,
    messages: i % 3 ? ["请补全责任人"] : [],
    packVersion: "furniture-north 1.0.0",
  };
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function timed<T>(label: string, job: () => T | Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = cpu();
  const result = await job();
  const seconds = cpu() - start;
  console.log(`${label.padEnd(46)} ${seconds.toFixed(2)} s CPU`);
  return { seconds, result };
}

interface Patched {
  readonly bytes: Uint8Array;
  readonly changedCells: number;
  /** CPU seconds of opening and writing, without making up the outputs. */
  readonly seconds: number;
}

function patch(label: string, bytes: Uint8Array, codec: Codec): Patched {
  const start = cpu();
  const ledger = openFileLedger(bytes, { codec });
  const opened = cpu() - start;
  const write: LedgerWrite = {
    outputColumns: OUTPUTS,
    rows: ledger.snapshot.rows.map(({ row }, i) => ({ row, outputs: outputsOf(i) })),
    tables: [],
  };
  const again = cpu();
  const { bytes: out, report } = ledger.write(write);
  const written = cpu() - again;
  const seconds = opened + written;
  console.log(
    `${label.padEnd(46)} ${seconds.toFixed(2)} s CPU (open ${opened.toFixed(2)}, write ${written.toFixed(2)})`,
  );
  return { bytes: out, changedCells: report.changedCells, seconds };
}

const rows = Number(process.argv[2] ?? 20_000);
const folder = mkdtempSync(join(tmpdir(), "tiaoli-bench-"));
try {
  const path = join(folder, "ledger.xlsx");
  await makeLedger(path, rows);
  const bytes = readFileSync(path);
  console.log(
    `${rows} rows × ${HEADERS.length} columns, ${(bytes.length / 1e6).toFixed(1)} MB, ${OUTPUTS.length} output columns`,
  );

  const node = patch("read + patch, node:zlib", bytes, nodeCodec);
  const memory = (process.resourceUsage().maxRSS / 1024).toFixed(0);
  console.log(
    `  peak memory ${memory} MB, file ${(node.bytes.length / 1e6).toFixed(1)} MB, ${node.changedCells} cells`,
  );
  patch("  the same again, warm", bytes, nodeCodec);
  patch("  second run on the result (nothing changes)", node.bytes, nodeCodec);
  patch("read + patch, fflate (as in a browser)", bytes, portableCodec);

  if (rows <= 50_000) {
    const exceljs = await timed("exceljs read + write", async () => {
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.readFile(path);
      await workbook.xlsx.writeBuffer();
    });
    console.log(`ratio, cold: ${(node.seconds / exceljs.seconds).toFixed(3)}`);

    const part = new Package(bytes, nodeCodec).bytes("xl/worksheets/sheet1.xml");
    await timed("sheet data through our scanner", () => indexSheet(part, "sheet1"));
    const text = new TextDecoder().decode(part);
    for (const xmlns of [false, true])
      await timed(`sheet data through saxes, namespaces ${xmlns ? "on" : "off"}`, () => {
        new SaxesParser({ xmlns }).write(text).close();
      });
  }
} finally {
  rmSync(folder, { recursive: true });
}
