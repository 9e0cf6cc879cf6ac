import type { LedgerRow, LedgerSnapshot } from "../ledger/port.js";
import { LEAST_ROWS, learnFromLedger, type LabelledRow, type LearnedOutput } from "../process/learn-ledger.js";
import { dayOfTime, type WallTime } from "../domain/wall-time.js";
import { classify } from "../rules/classify.js";
import { rowScan } from "../rules/evaluate.js";
import { packInForce } from "../rules/in-force.js";
import { CLASSIFIED_OUTPUTS, type ClassifiedOutput } from "../rules/events/kinds.js";
import { loadPack } from "../rules/load-pack.js";
import type { Pack } from "../rules/pack.js";
import type { PackProblem } from "../rules/pack-problem.js";
import { packWithLearned } from "./learned-pack.js";

/** A row of the open ledger that the pack would label otherwise after learning; nothing is written yet. */
export interface ChangedLabel {
  readonly row: number;
  readonly id: string;
  readonly text: string;
  readonly output: ClassifiedOutput;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export type LearnedFromLedger =
  | { readonly kind: "too-few"; readonly labelled: number; readonly least: number }
  | { readonly kind: "problems"; readonly problems: readonly PackProblem[] }
  | {
      readonly kind: "learned";
      readonly outputs: readonly LearnedOutput[];
      /** The pack's files with what was learned, to be saved into the workbook if somebody says so. */
      readonly files: ReadonlyMap<string, string>;
      readonly changes: readonly ChangedLabel[];
      readonly rejudged: Rejudged;
    };

/** Labels that people chose against the pack's judgement (改判类别, 改判级别), and what learning makes of them. */
export interface Rejudged {
  readonly labels: number;
  /** Those that the pack judges otherwise than the person did. */
  readonly misjudged: number;
  /** Of these, those that it judges as the person did once it has learned. */
  readonly mended: number;
}

/** What a person chose goes before what stands in the column, which an earlier run may have written. */
const OVERRIDES: { readonly [Output in ClassifiedOutput]?: "categoryOverride" | "levelOverride" } = {
  category: "categoryOverride",
  level: "levelOverride",
};

/** The labels of a row: 改判类别 and 改判级别 first, else what its column says. */
export function labelledRow({ row, cells, outputs }: LedgerRow): LabelledRow {
  const labels: { -readonly [Output in ClassifiedOutput]?: string } = {};
  const rejudged = new Set<ClassifiedOutput>();
  for (const output of CLASSIFIED_OUTPUTS) {
    const chosen = filled(OVERRIDES[output] && cells[OVERRIDES[output]]);
    const value = chosen ?? filled(outputs[output]);
    if (value === undefined || value === "待分类") continue;
    labels[output] = value;
    if (chosen !== undefined) rejudged.add(output);
  }
  return { row, id: filled(cells.id) ?? "", text: filled(cells.description) ?? "", labels, rejudged };
}

function filled(cell: unknown): string | undefined {
  return typeof cell === "string" && cell.trim() !== "" ? cell.trim() : undefined;
}

/**
 * Learns a pack's labels from the open ledger and tries the pack that comes of it on the same rows. The one job behind
 * `tiaoli learn` and the pane; nothing is written by it.
 */
export function learnFromOpenLedger(
  snapshot: Pick<LedgerSnapshot, "rows">,
  { pack, files, source, now }: LearnQuestion,
): LearnedFromLedger {
  const rows = snapshot.rows.map(labelledRow);
  const outputs = learnFromLedger(pack, rows);
  if (outputs.length === 0)
    return {
      kind: "too-few",
      labelled: rows.filter(({ labels }) => Object.keys(labels).length > 0).length,
      least: LEAST_ROWS,
    };
  const taught = packWithLearned(files, outputs, source);
  const result = loadPack(pack.header.id, taught);
  if ("problems" in result) return { kind: "problems", problems: result.problems };
  const judged = judgedBy(rows, pack, result.pack, now);
  return { kind: "learned", outputs, files: taught, changes: changesOf(judged), rejudged: rejudgedOf(judged) };
}

export interface LearnQuestion {
  readonly pack: Pack;
  /** The pack's files by path inside it. */
  readonly files: ReadonlyMap<string, string>;
  /** Name of the workbook, for the file that says where weights come from. */
  readonly source: string;
  readonly now: WallTime;
}

/** What the pack says of a row before and after learning. */
interface Judged extends LabelledRow {
  readonly output: ClassifiedOutput;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function judgedBy(rows: readonly LabelledRow[], before: Pack, after: Pack, now: WallTime): Judged[] {
  const [old, taught] = [before, after].map((pack) => {
    const inForce = packInForce(pack, dayOfTime(now));
    return { inForce, scan: rowScan(inForce) };
  });
  // Two packs went in.
  return rows.flatMap((row) => {
    const was = classify(old!.inForce, { description: row.text }, old!.scan, {}, false);
    const is = classify(taught!.inForce, { description: row.text }, taught!.scan, {}, false);
    return CLASSIFIED_OUTPUTS.map((output): Judged => ({
      ...row,
      output,
      before: was[output]?.value,
      after: is[output]?.value,
    }));
  });
}

function changesOf(judged: readonly Judged[]): ChangedLabel[] {
  return judged.flatMap(({ row, id, text, output, before, after }) =>
    before === after ? [] : [{ row, id, text, output, before, after }],
  );
}

function rejudgedOf(judged: readonly Judged[]): Rejudged {
  const chosen = judged.filter(({ rejudged, output }) => rejudged?.has(output));
  const misjudged = chosen.filter(({ labels, output, before }) => labels[output] !== before);
  const mended = misjudged.filter(({ labels, output, after }) => labels[output] === after);
  return { labels: chosen.length, misjudged: misjudged.length, mended: mended.length };
}
