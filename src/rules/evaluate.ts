import { compiledPack } from "./compile.js";
import { classifierOf } from "./classifier.js";
import { FactRow } from "./fact-row.js";
import type { Facts } from "./facts.js";
import type { ActiveRule, PackInForce } from "./in-force.js";
import type { Concern } from "./events/kinds.js";
import { RowScan } from "./phrase-scan.js";

/**
 * A scan for the rows judged by this pack in force. One serves a whole run, row after row (it is not for two rows at the
 * same time); it is handed to `evaluateConcern` and `classify`.
 */
export function rowScan(inForce: PackInForce): RowScan {
  // The classifier's phrases have to be in the index before the automaton is built from it.
  classifierOf(inForce);
  return new RowScan(compiledPack(inForce).phrases);
}

/** Not frozen: loops over arrays some of which are frozen are compiled to far slower code. */
const NONE: readonly ActiveRule[] = [];

/**
 * The rules of one concern that fire on these facts, by priority from the highest, then in the order of the file.
 * A blank cell is a fact that is absent.
 */
export function evaluateConcern(
  inForce: PackInForce,
  concern: Concern,
  facts: Facts | FactRow,
  scan: RowScan,
): readonly ActiveRule[] {
  const { concerns, phrases, slots: spare } = compiledPack(inForce);
  if (!scan.isOf(phrases)) throw new Error("this scan was made for another pack in force");
  const { rules, tests, reads } = concerns[concern];
  if (tests.length === 0) return NONE;
  reads.scan(scan, facts);
  const slots = facts instanceof FactRow ? facts.slots : spare;
  if (slots === spare) reads.fill(slots, facts);
  let fired: ActiveRule[] | undefined;
  for (let i = 0; i < tests.length; i++) {
    if (!tests[i]!(slots, scan.bits)) continue;
    // Mostly one rule fires; an array that begins empty takes room for seventeen with its first element.
    if (fired === undefined) fired = [rules[i]!];
    else fired.push(rules[i]!);
  }
  return fired ?? NONE;
}
