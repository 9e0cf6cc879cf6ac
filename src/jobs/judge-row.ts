import type { InputId } from "../domain/columns.js";
import { choicesOf } from "../ledger/choices.js";
import { departmentsOf } from "../ledger/write-plan.js";
import { shownCell } from "../ledger/shown-cell.js";
import type {
  LedgerRow,
  LedgerSnapshot,
  RowSnapshot,
  RawTable,
  RowWrite,
  SideTableName,
  ColumnChoices,
} from "../ledger/port.js";
import { explainRow } from "../process/explain.js";
import type { Explanation } from "../process/explanation.js";
import type { Outcome, Penalty } from "../process/outcome.js";
import type { ExaminedLedger } from "./judge-ledger.js";
import { rowDiffers } from "./run-report.js";

/** Judging one row as it stands now: the ledger's own judge, with the row put in the place of what was read of it. */

/** One row as it is judged now. */
export interface JudgedRow {
  readonly explanation: Explanation;
  /** What the complaint is about: its own words, of the columns that are filled. */
  readonly glance: readonly { readonly column: InputId; readonly value: string }[];
  /** The columns of 改判: what may be chosen (the pack's labels, the departments of 人员), and what stands there. */
  readonly overrides: readonly (ColumnChoices & { readonly chosen: string })[];
  /** Its outputs; a refusal where the ledger may not be written. */
  readonly write:
    { readonly kind: "may-write"; readonly write: RowWrite } | { readonly kind: "refused"; readonly reason: string };
  /** Whether the outputs differ from those that stand in the row. */
  readonly differs: boolean;
  /**
   * 处罚明细, 扣款台账 and the totals of the last judgement no longer say what the rows say (需重新处理). A row judged by
   * itself never touches them; the next judgement of the whole ledger does.
   */
  readonly needsProcessing: boolean;
}

/** The ledger as it was read last, with one row and the numbers of the others as they are now. */
export function withRow(last: LedgerSnapshot, { snapshot, others }: RowSnapshot): LedgerSnapshot {
  const known = new Map<string, LedgerRow[]>();
  for (const row of last.rows) {
    const alike = known.get(numberOf(row));
    if (alike) alike.push(row);
    else known.set(numberOf(row), [row]);
  }
  const rows = others.map((other) => {
    const alike = isNumbered(other) ? (known.get(numberOf(other)) ?? []) : [];
    // Of rows that share a number, the one that stands where it stood: another would be taken for its double.
    const found = alike.find(({ row }) => row === other.row) ?? alike.at(-1);
    return found ? { ...found, row: other.row } : other;
  });
  const sideTables = new Map<SideTableName, RawTable>(
    // 人员 that stands under another name is read with the whole ledger only.
    [...last.sideTables].filter(([name]) => !READ_WITH_ROW.has(name) || (name === "People" && last.answers?.people)),
  );
  for (const [name, table] of snapshot.sideTables) sideTables.set(name, table);
  // What was asked and answered about the whole ledger holds for the row as well.
  const { strangers, peopleSheets, answers, secondColumns, title } = last;
  const whole = pickDefined({ strangers, peopleSheets, answers, secondColumns, title });
  return { ...snapshot, ...whole, rows: [...rows, ...snapshot.rows].sort((a, b) => a.row - b.row), sideTables };
}

function pickDefined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

/** Side tables that come with a row, as they are now. */
const READ_WITH_ROW: ReadonlySet<SideTableName> = new Set(["People", "Holidays", "Settings"]);

/** What tells a case at a glance, in the order in which it is shown. */
const GLANCE = [
  "customer",
  "phone",
  "product",
  "orderNo",
  "receivedAt",
  "description",
  "demand",
] as const satisfies readonly InputId[];
const OVERRIDES = ["categoryOverride", "levelOverride", "departmentOverride"] as const satisfies readonly InputId[];

/** What a ledger that was judged with `withRow` says of the row. */
export async function judgedRow(ledger: ExaminedLedger, row: LedgerRow): Promise<Omit<JudgedRow, "needsProcessing">> {
  const { run, outcome, options, snapshot } = ledger;
  const found = outcome.rows.find((other) => other.row === row.row)!;
  const { row: number, outputs, newId } = found;
  const judgement = await ledger.judgement();
  const pack = found.packId === undefined ? undefined : options.packs.get(found.packId);
  const choices = pack ? choicesOf([pack], departmentsOf(snapshot)) : [];
  return {
    explanation: explainRow(run, number, options.language)!,
    glance: GLANCE.flatMap((id) => {
      const value = shownCell(row.cells[id], id);
      return value === "" ? [] : [{ column: id, value }];
    }),
    overrides: OVERRIDES.map((id) => ({
      id,
      values: choices.find((one) => one.id === id)?.values ?? [],
      chosen: shownCell(row.cells[id]),
    })),
    write:
      judgement.kind === "may-write"
        ? { kind: "may-write", write: { row: number, outputs, ...(newId === undefined ? {} : { newId }) } }
        : { kind: "refused", reason: judgement.reason },
    differs: rowDiffers(found, row, snapshot.columns),
  };
}

/** Whether two outcomes charge the same in every line. */
export function chargesAlike(before: Outcome, after: Outcome): boolean {
  return before.penalties === after.penalties || linesOf(before.penalties) === linesOf(after.penalties);
}

function linesOf(penalties: readonly Penalty[]): string {
  // Where the complaint stands in the sheet is nothing of the charge.
  return penalties.map((penalty) => JSON.stringify({ ...penalty, row: 0 })).join("\n");
}

/** A number is one of its pack only. */
function numberOf({ cells }: LedgerRow): string {
  return JSON.stringify([text(cells.id), text(cells.pack)]);
}

function isNumbered({ cells }: LedgerRow): boolean {
  return text(cells.id) !== "";
}

function text(cell: LedgerRow["cells"]["id"]): string {
  return typeof cell === "string" || typeof cell === "number" ? String(cell).trim() : "";
}
