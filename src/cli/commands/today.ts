import { addAll } from "../../domain/grouping.js";
import { isoTime } from "../../domain/wall-time.js";
import { judgeLedger, mayWrite } from "../../jobs/judge-ledger.js";
import { countsText, named, numberText, reminderDrafts, remindersCalendar, urgencyText } from "../../jobs/reminders.js";
import { todayOf, type Step, type Today } from "../../jobs/today.js";
import { columnsText } from "../columns-text.js";
import { JUDGE_OPTIONS, judgeArguments, type Command, type JudgeArguments } from "../command.js";
import { judgeOptions, loadLedgerRules } from "../ledger-rules.js";
import { openWithMembers } from "../group/open-with-members.js";
import { Progress, type Terminal } from "../terminal.js";
import type { Departure } from "../door/door.js";
import { letOutDocuments, letOutFile } from "../workbook-file.js";

interface TodayArguments extends JudgeArguments {
  readonly input: string;
  readonly calendar: string | undefined;
  readonly drafts: string | undefined;
}

export const command: Command = {
  usage: "today <IN.xlsx>",
  help: "help.today",
  options: [
    { flags: "--ics <F>", help: "help.today-ics" },
    { flags: "--drafts <DIR>", help: "help.today-drafts" },
    ...JUDGE_OPTIONS,
  ],
  run: (call) =>
    todayCommand(
      { input: call.argument, calendar: call.option("ics"), drafts: call.option("drafts"), ...judgeArguments(call) },
      call.terminal,
    ),
};

/** `today`: what is due, by handler, with what to do; a calendar file and reminder drafts on request. Writes no workbook. */
async function todayCommand(args: TodayArguments, terminal: Terminal): Promise<number> {
  const progress = new Progress(terminal);
  progress.step("progress.reading", { file: args.input });
  const workbook = await openWithMembers(args.input, terminal, args);
  const { snapshot } = workbook.ledger;
  const rules = await loadLedgerRules(workbook, args, terminal);
  progress.step("progress.judging", { rows: snapshot.rows.length });
  const leave = mayWrite(await judgeLedger(snapshot, judgeOptions(rules, args, terminal)));
  const today = todayOf(leave);
  progress.done();
  const read = [workbook.reading];
  const calendar: Departure | undefined =
    args.calendar === undefined
      ? undefined
      : {
          ...{ leave, path: args.calendar, place: "elsewhere", read },
          bytes: remindersCalendar(today, terminal.language),
        };
  const files: string[] = calendar ? [calendar.path] : [];
  if (args.drafts !== undefined) {
    const documents = reminderDrafts(today, terminal.language);
    addAll(files, letOutDocuments({ leave, folder: args.drafts, documents, alongside: calendar, read }, terminal));
  } else if (calendar) letOutFile(calendar, terminal);
  terminal.document(todayJson(today, files));
  show(today, terminal);
  for (const file of files) terminal.line(file);
  return today.faulty > 0 ? 1 : 0;
}

function show(today: Today, terminal: Terminal): void {
  const { language } = terminal;
  terminal.say("today.summary", { now: short(today.now), ...today.counts });
  if (today.unsure + today.faulty > 0) terminal.say("today.unsure", { unsure: today.unsure, faulty: today.faulty });
  if (today.handlers.length === 0) terminal.say("today.nothing");
  for (const handler of today.handlers) {
    terminal.line("");
    terminal.line(`${named(handler, language)}：${countsText(handler, language)}`);
    const lines = handler.steps.map((step) => [
      `  ${urgencyText(step.urgency, step.used, language)}`,
      numberText(step),
      step.what,
      short(step.due),
      [step.customer, step.about].filter((text) => text !== "").join(" "),
      `→ ${step.nextStep}${step.reminderForm ? terminal.text("today.form") : ""}`,
    ]);
    for (const line of columnsText(lines)) terminal.line(line);
  }
}

function todayJson(today: Today, files: readonly string[]): object {
  const step = (one: Step): object => ({
    row: one.row,
    id: one.id,
    pack: one.packId,
    stage: one.stage,
    ...(one.part === undefined ? {} : { part: one.part }),
    due: isoTime(one.due),
    urgency: one.urgency,
    ...(one.used === undefined ? {} : { used: one.used }),
    status: one.status,
    nextStep: one.nextStep,
    reminders: one.reminders.map(({ at, percent }) => ({ at: isoTime(at), percent })),
    ...(one.reminderForm ? { reminderForm: true } : {}),
  });
  return {
    now: isoTime(today.now),
    counts: today.counts,
    unsure: today.unsure,
    faulty: today.faulty,
    handlers: today.handlers.map(({ handler, people, steps }) => ({
      handler,
      people: people.map(({ name }) => name),
      steps: steps.map(step),
    })),
    files,
  };
}

function short(time: Today["now"]): string {
  return isoTime(time).slice(0, 16).replace("T", " ");
}
