import { yuanText } from "../../domain/money.js";
import { examineBookAct, type BookAct, type ExaminedAct } from "../../jobs/book-act.js";
import { clearPersonData } from "../../jobs/clear-person-data.js";
import { noticeFiles } from "../../jobs/issue-notices.js";
import { judgeLedger, mayWrite, type JudgeOptions, type MayWrite } from "../../jobs/judge-ledger.js";
import { openFileLedger } from "../../ledger/file/file-ledger.js";
import { nodeCodec } from "../../ooxml/node-codec.js";
import { subjectText } from "../../process/subject-text.js";
import { CliError } from "../cli-error.js";
import { JUDGE_OPTIONS, judgeArguments, type Call, type Command, type JudgeArguments } from "../command.js";
import { judgeOptions, loadLedgerRules } from "../ledger-rules.js";
import { openWithMembers } from "../group/open-with-members.js";
import type { Terminal } from "../terminal.js";
import { explained, letOutDocuments, type OpenWorkbook } from "../workbook-file.js";

interface BookArguments extends JudgeArguments {
  readonly input: string;
  readonly act: BookAct | { readonly kind: "清除"; readonly person: string };
  /** Where papers go that give something back. */
  readonly folder: string | undefined;
  readonly yes: boolean;
}

export const command: Command = {
  usage: "book <IN.xlsx>",
  help: "help.book",
  options: [
    { flags: "--withdraw <NO>", help: "help.withdraw" },
    { flags: "--reopen <NO>", help: "help.reopen" },
    { flags: "--write-off <NO>", help: "help.write-off" },
    { flags: "--close-year <2025>", help: "help.close-year" },
    { flags: "--clear-person <NO>", help: "help.clear-person" },
    { flags: "--person <NO>", help: "help.book-person" },
    { flags: "--reason <TEXT>", help: "help.reason" },
    { flags: "-o, --output <DIR>", help: "help.refund-folder" },
    { flags: "--yes", help: "help.book-yes" },
    ...JUDGE_OPTIONS,
  ],
  run: (call) =>
    bookCommand(
      {
        input: call.argument,
        act: actOf(call),
        folder: call.option("output"),
        yes: call.isSet("yes"),
        ...judgeArguments(call),
      },
      call.terminal,
    ),
};

/** Lines that people see before the rest is only counted. */
const SHOWN = 20;

const DECISION_OPTIONS = [
  ["withdraw", "撤销"],
  ["reopen", "重开"],
  ["writeOff", "核销"],
] as const;

/** What is to be done; exactly one thing at a time. */
function actOf(call: Call): BookArguments["act"] {
  const person = call.option("person");
  const reason = call.option("reason") ?? "";
  const acts: BookArguments["act"][] = DECISION_OPTIONS.flatMap(([option, kind]) => {
    const of = call.option(option);
    return of === undefined ? [] : [{ kind, of, person, pack: call.option("pack"), reason }];
  });
  const year = call.option("closeYear");
  if (year !== undefined) {
    if (!/^\d{4}$/.test(year)) throw new CliError(call.terminal.text("book.year-unreadable", { value: year }));
    acts.push({ kind: "年结", year: Number(year) });
  }
  const gone = call.option("clearPerson");
  if (gone !== undefined) acts.push({ kind: "清除", person: gone });
  const [act, ...others] = acts;
  if (!act || others.length > 0) throw new CliError(call.terminal.text("book.one-act"));
  return act;
}

/**
 * `book`: what a person decides about the books by hand. Without `--yes` it shows what would be posted; with it the entries,
 * the papers that give something back and the workbook leave together, or nothing does. 1 if a row is 数据有误.
 */
async function bookCommand(args: BookArguments, terminal: Terminal): Promise<number> {
  const workbook = await openWithMembers(args.input, terminal, args);
  const rules = await loadLedgerRules(workbook, args, terminal);
  const options = judgeOptions(rules, args, terminal);
  const { act } = args;
  return act.kind === "清除"
    ? clear(act.person, args, { workbook, options }, terminal)
    : carryOut(act, args, { workbook, options }, terminal);
}

interface Desk {
  readonly workbook: OpenWorkbook;
  readonly options: JudgeOptions;
}

async function carryOut(
  act: BookAct,
  args: BookArguments,
  { workbook, options }: Desk,
  terminal: Terminal,
): Promise<number> {
  const { ledger, reading } = workbook;
  const view = examineBookAct(ledger.snapshot, options, { act, post: false });
  const looked = mayWrite(await view.ledger.judgement());
  if (view.problem !== undefined) throw new CliError(view.problem);
  if (args.yes && view.pages.length > 0 && args.folder === undefined)
    throw new CliError(terminal.text("book.folder-needed"));
  const faulty = looked.ledger.outcome.summary.faultyRows > 0 ? 1 : 0;
  if (!args.yes) {
    print(view, { posted: false, paths: [] }, terminal);
    return faulty;
  }
  const done = examineBookAct(ledger.snapshot, options, { act, post: true });
  const leave = mayWrite(await done.ledger.judgement());
  const documents = await noticeFiles(leave, done, "workbook-each");
  const bytes = leave.write && explained(args.input, terminal, () => ledger.write(leave.write!)).bytes;
  const read = [reading];
  const record = bytes && ({ leave, path: args.input, bytes, place: "in-place", read } as const);
  const folder = args.folder ?? ".";
  const paths = letOutDocuments({ leave, folder, documents, alongside: record, read }, terminal);
  print(done, { posted: true, paths }, terminal);
  return faulty;
}

function print(
  { month, lines, pages }: ExaminedAct,
  { posted, paths }: { readonly posted: boolean; readonly paths: readonly string[] },
  terminal: Terminal,
): void {
  terminal.document({
    month,
    posted,
    lines: lines.map(({ person, employeeNo, complaintId, amount, text, ...line }) => ({
      ...line,
      ...(employeeNo === undefined ? {} : { employeeNo }),
      ...(person === "" ? {} : { person }),
      ...(complaintId === "" ? {} : { complaintId }),
      amount: yuanText(amount),
      text,
    })),
    notices: pages.map(({ notice: { number, subject, amount } }) => ({ number, subject, amount: yuanText(amount) })),
    files: paths,
  });
  terminal.say(posted ? "book.posted" : "book.plan", { n: lines.length });
  for (const { person, employeeNo, complaintId, kind, month: own, amount, text } of lines.slice(0, SHOWN)) {
    const subject = person === "" ? terminal.text("book.all") : subjectText({ subject: person, employeeNo });
    terminal.say("book.line", { kind, subject, month: own, complaintId, amount: yuanText(amount), text });
  }
  if (lines.length > SHOWN) terminal.say("verify.more", { more: lines.length - SHOWN });
  for (const { notice } of pages)
    terminal.say("notices.plan-refund", {
      ...{ number: notice.number, subject: subjectText(notice), amount: yuanText(notice.amount) },
      deducted: yuanText(notice.amount),
    });
  for (const path of paths) terminal.line(`  ${path}`);
}

async function clear(
  person: string,
  args: BookArguments,
  { workbook, options }: Desk,
  terminal: Terminal,
): Promise<number> {
  const { ledger, reading } = workbook;
  const leave = mayWrite(await judgeLedger(ledger.snapshot, options));
  const cleared = clearPersonData(leave, person);
  if (cleared.kind === "refused") throw new CliError(cleared.reason);
  const params = { entries: cleared.entries, notices: cleared.notices };
  const subject = subjectText({ subject: cleared.person.name, employeeNo: cleared.person.employeeNo });
  terminal.document({ cleared: args.yes, ...params });
  if (!args.yes) {
    terminal.say("book.clear-plan", { subject, ...params });
    return 0;
  }
  const { bytes: emptied } = explained(args.input, terminal, () => ledger.write(cleared.write));
  const { bytes, last } = await processed(emptied, options, leave);
  const record = { leave: last, path: args.input, bytes, place: "in-place", read: [reading] } as const;
  letOutDocuments({ leave: last, folder: ".", documents: [], alongside: record, read: [reading] }, terminal);
  terminal.say("book.cleared", { subject, ...params });
  return 0;
}

/** 处罚明细 and 扣款台账 are views: they follow what was cleared before the file leaves. */
async function processed(
  bytes: Uint8Array,
  options: JudgeOptions,
  before: MayWrite,
): Promise<{ readonly bytes: Uint8Array; readonly last: MayWrite }> {
  const ledger = openFileLedger(bytes, { codec: nodeCodec, sheet: before.ledger.snapshot.sheet });
  const last = mayWrite(await judgeLedger(ledger.snapshot, options));
  return { bytes: last.write ? ledger.write(last.write).bytes : bytes, last };
}
