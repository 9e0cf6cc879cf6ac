import { CONCERNS } from "../rules/events/kinds.js";
import { referenceFires } from "../rules/reference.js";
import type { Run } from "./process.js";

/** A row on which the compiled rules and the reference engine disagree. */
export interface Mismatch {
  readonly row: number;
  readonly concern: string;
  readonly compiled: readonly string[];
  readonly reference: readonly string[];
}

/** Enough rows that a rule that fires on one row in ten is seen with near certainty, few enough to cost next to nothing. */
export const SAMPLE_SIZE = 40;

/**
 * Judges a seeded sample of rows on json-rules-engine as well. Whoever writes to a workbook asks this first and writes
 * nothing if anything differs. The same rows give the same sample.
 */
export async function selfCheck(run: Run, sampleSize = SAMPLE_SIZE): Promise<Mismatch[]> {
  const mismatches: Mismatch[] = [];
  for (const row of sample(
    run.outcome.rows.map((r) => r.row),
    sampleSize,
  )) {
    if (run.memory?.isChecked(row) === true) continue;
    const inspected = run.inspect(row);
    if (!inspected) continue;
    const before = mismatches.length;
    const { workings } = inspected.judgement;
    for (const concern of CONCERNS) {
      const facts = workings.factsSeen.get(concern);
      if (!facts) continue;
      const compiled = (workings.fired.get(concern) ?? []).map(({ id }) => id);
      const reference = await referenceFires(inspected.ready.inForce, concern, facts);
      if (compiled.join("\n") !== reference.join("\n")) mismatches.push({ row, concern, compiled, reference });
    }
    if (mismatches.length === before) run.memory?.noteChecked(row);
  }
  return mismatches;
}

/** Up to `size` of the rows, spread by a multiplicative generator seeded with their number. */
function sample(rows: readonly number[], size: number): readonly number[] {
  if (rows.length <= size) return rows;
  const chosen = new Set<number>();
  let state = (rows.length * 2_654_435_761) % 2_147_483_647 || 1;
  while (chosen.size < size) {
    state = (state * 48_271) % 2_147_483_647;
    chosen.add(state % rows.length);
  }
  return [...chosen].sort((a, b) => a - b).map((index) => rows[index]!);
}
