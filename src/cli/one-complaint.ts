import { findComplaint, leavesPackToCaller } from "../jobs/find-complaint.js";
import { examineLedger, type ExaminedLedger } from "../jobs/judge-ledger.js";
import { findPack } from "../process/choose-pack.js";
import type { RowOutcome } from "../process/outcome.js";
import { CliError } from "./cli-error.js";
import type { JudgeArguments } from "./command.js";
import { judgeOptions, loadLedgerRules } from "./ledger-rules.js";
import type { Terminal } from "./terminal.js";
import type { OpenWorkbook } from "./workbook-file.js";

/** A judged ledger and the rows of the complaint that a command was called for. */
export interface JudgedComplaint {
  readonly ledger: ExaminedLedger;
  readonly rows: readonly RowOutcome[];
}

/**
 * Judges a ledger and finds a complaint by its number and, where several packs have the number, its pack. One line where
 * there is none, or more than one.
 */
export async function judgedComplaint(
  workbook: OpenWorkbook,
  args: JudgeArguments & { readonly input: string; readonly id: string },
  terminal: Terminal,
): Promise<JudgedComplaint> {
  const rules = await loadLedgerRules(workbook, args, terminal);
  const judge = (pack: string | undefined): ExaminedLedger =>
    examineLedger(workbook.ledger.snapshot, judgeOptions(rules, { now: args.now, pack }, terminal));
  // --pack says which one is meant; it says what rows without a pack are only where nothing in the ledger does.
  let ledger = judge(undefined);
  let found = findComplaint(ledger.outcome, rules.packs, args);
  const pack = args.pack === undefined ? undefined : findPack(args.pack, rules.packs);
  if (
    found.kind === "elsewhere" &&
    pack &&
    leavesPackToCaller(workbook.ledger.snapshot, ledger.outcome.rows, { id: args.id, pack })
  ) {
    ledger = judge(args.pack);
    found = findComplaint(ledger.outcome, rules.packs, args);
  }
  if (found.kind === "found") return { ledger, rows: found.rows };
  if (found.kind === "none") throw new CliError(terminal.text("explain.no-such-id", { id: args.id, file: args.input }));
  const titles = found.packs.map((id) => {
    const title = rules.packs.get(id)?.header.title[terminal.language];
    return title === undefined ? id : `${id}（${title}）`;
  });
  throw new CliError(
    terminal.text(`find.${found.kind}`, { id: args.id, packs: titles.join("、"), pack: args.pack ?? "" }),
  );
}
