import { headerKey } from "../domain/match-key.js";
import type { RowDoubt } from "../domain/complaint.js";
import { isBlankWord } from "../domain/listed-values.js";
import type { Language } from "../locales/language.js";
import { say } from "../process/sentences.js";
import { NO_ANSWERS } from "./answers.js";
import { mayBeUnits, sampled } from "./guess-columns.js";
import type { LedgerRow, LedgerSnapshot, Stranger } from "./port.js";
import type { Question } from "./questions.js";

/**
 * 责任部门 that somebody has filled in by hand. It is an output, so fines would go by the department that the rules work
 * out while the sheet names another: whether it is 改判责任部门 is asked, and nobody is charged on the row until then.
 */

/** A 责任部门 of a person's own, or a column of units nobody knows; undefined where nobody has to be asked. */
export function departmentQuestion(
  read: LedgerSnapshot,
  strangers: readonly Stranger[],
): (Question & { readonly kind: "department" }) | undefined {
  const { columns, rows, foreign, answers = NO_ANSWERS } = read;
  if (answers.absent.includes("departmentOverride")) return undefined;
  const own = columns.get("departmentOverride");
  const ours = foreign.includes("department") ? columns.get("department") : undefined;
  const cells = ours ? rows.flatMap((row) => writtenOn(row)) : [];
  const byHand = ours && cells.length > 0 ? [sampled({ ...ours, cells })] : [];
  const candidates = [...byHand, ...(own ? [] : mayBeUnits(strangers))];
  if (candidates.length === 0) return undefined;
  // What was mapped already stays so beside what is mapped now.
  const known = own && [...answers.mapping.keys()].map(headerKey).includes(headerKey(own.header)) ? undefined : own;
  return { kind: "department", candidates, ...(known ? { own: known } : {}), inRows: byHand.length > 0 };
}

function writtenOn({ row, departmentByHand: value }: LedgerRow): Stranger["cells"] {
  return value === undefined || (typeof value === "string" && isBlankWord(value)) ? [] : [{ row, value }];
}

/** What a row is in doubt about, while it is asked. 改判责任部门 of the row itself is an answer. */
export function departmentDoubt(row: LedgerRow, language: Language): RowDoubt | undefined {
  const [written] = writtenOn(row);
  const { departmentOverride: decided } = row.cells;
  if (!written || typeof written.value === "object") return undefined;
  if (typeof decided === "string" && !isBlankWord(decided)) return undefined;
  const text = say(language, "ask.row-department", { value: String(written.value).trim() });
  return { column: "departmentOverride", text, moneyOnly: true };
}
