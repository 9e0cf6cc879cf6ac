import type { Statement } from "../../books/statement.js";
import { yuanText } from "../../domain/money.js";
import { judgeLedger, mayWrite } from "../../jobs/judge-ledger.js";
import { findPerson, makeStatement, statementFile } from "../../jobs/make-statement.js";
import { CliError } from "../cli-error.js";
import { JUDGE_OPTIONS, judgeArguments, type Command, type JudgeArguments } from "../command.js";
import { judgeOptions, loadLedgerRules } from "../ledger-rules.js";
import { openWithMembers } from "../group/open-with-members.js";
import type { Terminal } from "../terminal.js";
import { letOutDocuments } from "../workbook-file.js";

interface StatementArguments extends JudgeArguments {
  readonly input: string;
  /** 工号 or name. */
  readonly person: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly folder: string;
}

export const command: Command = {
  usage: "statement <IN.xlsx>",
  help: "help.statement",
  options: [
    { flags: "--person <NO>", help: "help.person", required: true },
    { flags: "-o, --output <DIR>", help: "help.folder", required: true },
    { flags: "--from <2026-01>", help: "help.from" },
    { flags: "--to <2026-06>", help: "help.to" },
    ...JUDGE_OPTIONS,
  ],
  run: (call) =>
    statementCommand(
      {
        input: call.argument,
        person: call.value("person"),
        from: call.option("from"),
        to: call.option("to"),
        folder: call.value("output"),
        ...judgeArguments(call),
      },
      call.terminal,
    ),
};

/** `statement`: a person's account as a workbook. The ledger is read and left as it is. 1 if a row is 数据有误. */
async function statementCommand(args: StatementArguments, terminal: Terminal): Promise<number> {
  for (const value of [args.from, args.to])
    if (value !== undefined && !/^\d{4}-(?:0[1-9]|1[0-2])$/.test(value))
      throw new CliError(terminal.text("month.unreadable", { value }));
  const workbook = await openWithMembers(args.input, terminal, args);
  const rules = await loadLedgerRules(workbook, args, terminal);
  // What is drafted is shown, nothing is posted: the result goes elsewhere.
  const options = { ...judgeOptions(rules, args, terminal), elsewhere: true };
  const leave = mayWrite(await judgeLedger(workbook.ledger.snapshot, options));
  const found = findPerson(leave, args.person);
  if (found.kind === "unknown") throw new CliError(terminal.text("statement.unknown", { person: args.person }));
  if (found.kind === "several") {
    const list = found.persons.map(({ name, employeeNo }) => `${name} ${employeeNo ?? "—"}`).join("、");
    throw new CliError(terminal.text("statement.ambiguous", { person: args.person, list }));
  }
  const statement = makeStatement(leave, found.person, args);
  if (!statement) throw new CliError(terminal.text("statement.unknown", { person: args.person }));
  const file = await statementFile(leave, statement);
  const { folder } = args;
  const read = [workbook.reading];
  const paths = letOutDocuments({ leave, folder, documents: [file], alongside: undefined, read }, terminal);
  terminal.document({ ...statementJson(statement), files: paths });
  const { settled, deducted, deductedDraft, refunded, closing, person } = statement;
  terminal.say("statement.summary", {
    person: person.name,
    ...{ settled: yuanText(settled), deducted: yuanText(deducted), refunded: yuanText(refunded) },
    draft: yuanText(deductedDraft),
    ...{ owed: yuanText(closing.owed), held: yuanText(closing.held) },
  });
  for (const path of paths) terminal.line(`  ${path}`);
  return leave.ledger.outcome.summary.faultyRows > 0 ? 1 : 0;
}

function statementJson({ person, from, to, opening, closing, lines, ...sums }: Statement): object {
  const balances = ({ owed, taken, held }: Statement["opening"]): object => ({
    ...{ owed: yuanText(owed), deducted: yuanText(taken), held: yuanText(held) },
  });
  return {
    ...(person.employeeNo === undefined ? {} : { employeeNo: person.employeeNo }),
    person: person.name,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    opening: balances(opening),
    closing: balances(closing),
    ...Object.fromEntries(Object.entries(sums).map(([key, amount]) => [key, yuanText(amount)])),
    lines: lines.map(({ entry, ref, after }) => ({
      ...{ month: entry.month, kind: entry.kind, amount: yuanText(entry.amount) },
      ...(entry.complaintId === "" ? {} : { complaintId: entry.complaintId }),
      ...(entry.reason === "" ? {} : { reason: entry.reason }),
      state: ref === undefined ? "试算" : "已入账",
      ...(ref === undefined ? {} : { voucher: ref }),
      after: balances(after),
    })),
  };
}
