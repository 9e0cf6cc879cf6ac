/**
 * What an edited row costs in live mode, in processor time of the worker: `npx tsx bench/live.ts [rows] [pack]`. A ledger is
 * judged once; then one cell after the other is edited, and the row is judged among the others as the worker does it.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUILT_IN_RULES, loadRulesFolder } from "../src/cli/rules-folder.js";
import { Terminal } from "../src/cli/terminal.js";
import { wallTime } from "../src/domain/wall-time.js";
import type { RawCell } from "../src/domain/complaint.js";
import type { InputId } from "../src/domain/columns.js";
import { examineLedger, type JudgeOptions } from "../src/jobs/judge-ledger.js";
import { chargesAlike, judgedRow, withRow } from "../src/jobs/judge-row.js";
import { openFileLedger } from "../src/ledger/file/file-ledger.js";
import type { LedgerSnapshot } from "../src/ledger/port.js";
import { nodeCodec } from "../src/ooxml/node-codec.js";
import { RowMemory } from "../src/process/row-memory.js";
import { makeLedger } from "./big-ledger.js";

const ROWS = Number(process.argv[2] ?? 10_000);
const PACK = process.argv[3] ?? "general";
const EDITS = 30;
const EDITED: readonly (readonly [InputId, RawCell])[] = [
  ["description", "抽屉卡住了，拉不出来"],
  ["customer", "客户甲"],
  ["closeAt", 46_090.5],
  ["upheld", "否"],
  ["person", "周八"],
];

const folder = mkdtempSync(join(tmpdir(), "tiaoli-bench-"));
try {
  const path = join(folder, "in.xlsx");
  await makeLedger(path, ROWS);
  let snapshot: LedgerSnapshot = openFileLedger(readFileSync(path), { codec: nodeCodec }).snapshot;
  const { packs, statutes } = loadRulesFolder(BUILT_IN_RULES, new Terminal("zh", false));
  for (const memory of [undefined, new RowMemory()]) {
    const options: JudgeOptions = {
      ...{ packs, statutes, language: "zh", memory, defaultPack: PACK },
      now: wallTime(2026, 3, 31, 18),
    };
    const told = examineLedger(snapshot, options);
    await told.judgement();
    const times: number[] = [];
    for (let i = 0; i < EDITS; i++) {
      const at = (i * 997) % snapshot.rows.length;
      const [id, value] = EDITED[i % EDITED.length]!;
      const row = snapshot.rows[at]!;
      const edited = { ...row, cells: { ...row.cells, [id]: value } };
      const others = snapshot.rows
        .filter((other) => other !== row)
        .map((other) => ({ row: other.row, cells: { id: other.cells.id ?? null }, outputs: {} }));
      const before = process.cpuUsage();
      const whole = withRow(snapshot, { snapshot: { ...snapshot, rows: [edited] }, others });
      const ledger = examineLedger(whole, options);
      chargesAlike(told.outcome, ledger.outcome);
      await judgedRow(ledger, edited);
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1000);
      snapshot = whole;
    }
    times.sort((a, b) => a - b);
    const [least, median] = [times[0]!, times[EDITS >> 1]!];
    console.log(
      `one edited row of ${ROWS}, ${PACK}, ${memory ? "the others remembered" : "all judged anew"}: ${median.toFixed(0)} ms CPU (least ${least.toFixed(0)})`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
