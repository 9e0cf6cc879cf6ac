import { evidenceLines, explainedIn, parameterText } from "../../documents/explanation/texts.js";
import { mayWrite } from "../../jobs/judge-ledger.js";
import { jobsText } from "../../jobs/texts.js";
import { nodeCodec } from "../../ooxml/node-codec.js";
import { explainRow } from "../../process/explain.js";
import type { ExplainedGround, ExplainedLimit, ExplainedRule, Explanation } from "../../process/explanation.js";
import { openWithMembers } from "../group/open-with-members.js";
import { maskerFor } from "../mask.js";
import { judgedComplaint } from "../one-complaint.js";
import type { CliKey, Terminal } from "../terminal.js";
import { letOutFile } from "../workbook-file.js";
import { JUDGE_OPTIONS, judgeArguments, MASK, type Command, type JudgeArguments } from "../command.js";

interface ExplainArguments extends JudgeArguments {
  readonly input: string;
  readonly id: string;
  readonly output: string | undefined;
  readonly mask: boolean;
}

export const command: Command = {
  usage: "explain <IN.xlsx>",
  help: "help.explain",
  options: [
    { flags: "--id <NO>", help: "help.id", required: true },
    { flags: "-o, --output <PAGE.xlsx>", help: "help.explain-output" },
    MASK,
    ...JUDGE_OPTIONS,
  ],
  run: (call) =>
    explainCommand(
      {
        input: call.argument,
        id: call.value("id"),
        output: call.option("output"),
        mask: call.isSet("mask"),
        ...judgeArguments(call),
      },
      call.terminal,
    ),
};

/** `explain`: why each value of a row is what it is. Two rows of one number are both explained. */
async function explainCommand(args: ExplainArguments, terminal: Terminal): Promise<number> {
  const workbook = await openWithMembers(args.input, terminal, args);
  const { ledger, rows } = await judgedComplaint(workbook, args, terminal);
  const masker = args.mask ? await maskerFor(workbook.ledger.snapshot) : undefined;
  const explained = rows.map(({ row }) => explainRow(ledger.run, row, terminal.language)!);
  const explanations = masker ? masker.all(explained) : explained;
  if (args.output !== undefined) {
    const leave = mayWrite(await ledger.judgement());
    const { explanationPaper } = await import("../../jobs/explanation-paper.js");
    const bytes = await explanationPaper(leave, rows, masker, nodeCodec);
    letOutFile({ leave, path: args.output, bytes, place: "elsewhere", read: [workbook.reading] }, terminal);
  }
  terminal.document(explanations.length === 1 ? explanations[0] : explanations);
  for (const explanation of explanations) show(explanation, terminal);
  if (args.output !== undefined) terminal.say("explain.written", { file: args.output });
  return 0;
}

function show(explanation: Explanation, terminal: Terminal): void {
  const { pack } = explanation;
  terminal.say("explain.head", { id: explanation.id ?? "—", row: explanation.row });
  if (pack) terminal.say("explain.pack", { title: pack.title, version: pack.version });
  for (const output of explanation.outputs) {
    const value = Array.isArray(output.value)
      ? output.value.join("；")
      : typeof output.value === "boolean"
        ? terminal.text(output.value ? "yes" : "no")
        : String(output.value);
    terminal.line(`\n■ ${output.header}：${value.replace("T", " ")}`);
    for (const ground of output.grounds) showGround(ground, terminal);
  }
  for (const limit of explanation.limits) showLimit(limit, terminal);
  if (explanation.penalties.length > 0) {
    terminal.line(`\n${terminal.text("explain.penalties")}`);
    for (const p of explanation.penalties)
      terminal.line(`  ${p.subject}  ${p.type}  ${p.reason}  ${p.formula} = ${p.amount}  （${p.clause}；${p.rule}）`);
  }
  if (explanation.nearMisses.length > 0) {
    terminal.line(`\n${terminal.text("explain.near-misses")}`);
    for (const miss of explanation.nearMisses) {
      const { header, operator, expected, actual } = miss.failed;
      terminal.line(`  ${miss.rule}  ${miss.title}（${miss.clause}）`);
      terminal.line(
        `    ${terminal.text("explain.failed", { header, operator: jobsText(terminal.language, `operator.${operator}`), expected, actual: actual ?? terminal.text("explain.blank") })}`,
      );
    }
  }
  for (const { title, clause, steps } of explanation.advice) {
    terminal.line(`\n${terminal.text("explain.advice", { title, clause })}`);
    steps.forEach((step, i) => {
      terminal.line(`  ${i + 1}. ${step}`);
    });
  }
}

function showGround(ground: ExplainedGround, terminal: Terminal): void {
  if (ground.kind === "human") terminal.line(`  ${terminal.text("explain.human")}`);
  else if (ground.kind === "people") terminal.line(`  ${terminal.text("explain.people")}`);
  else if (ground.kind === "because") terminal.line(`  ${ground.text}`);
  else if (ground.kind === "rule") showRule(ground, terminal);
  else {
    terminal.line(`  ${terminal.text("explain.label", { clause: ground.clause ?? "—" })}`);
    for (const line of evidenceLines(ground, explainedIn(terminal.language))) terminal.line(`    ${line}`);
  }
}

function showRule(rule: ExplainedRule, terminal: Terminal): void {
  const row = rule.table ? `，${terminal.text("explain.table-row", rule.table)}` : "";
  terminal.line(`  ${rule.clause}  ${rule.title}（${rule.rule}，${rule.file}:${rule.line}${row}）`);
  for (const { header, value } of rule.inputs)
    terminal.line(`    ${header} = ${value ?? terminal.text("explain.blank")}`);
  for (const { header, word, cancelledBy } of rule.told ?? []) {
    const text = cancelledBy
      ? terminal.text("explain.cancelled", {
          header,
          word,
          kind: terminal.text(`canceller.${cancelledBy.kind}`),
          by: cancelledBy.word,
        })
      : terminal.text("explain.told", { header, word });
    terminal.line(`    ${text}`);
  }
  for (const p of rule.parameters) {
    terminal.line(`    ${parameterText(p, explainedIn(terminal.language))}`);
    if (p.note !== undefined) terminal.line(`      ${p.note}`);
  }
  if (rule.note !== undefined) terminal.line(`    ${terminal.text("explain.reading", { note: rule.note })}`);
}

function showLimit(limit: ExplainedLimit, terminal: Terminal): void {
  const time = (text: string): string => text.replace("T", " ");
  terminal.line(
    `\n${terminal.text("explain.limit", { stage: terminal.text(`stage.${limit.stage}` as CliKey), start: time(limit.start), length: limit.length, due: time(limit.due) })}`,
  );
  for (const day of limit.days) {
    const weekday = terminal.text("weekdays").split(",")[day.weekday]!;
    const kind = `${terminal.text(`day.${day.kind}`)}${day.name === undefined ? "" : `（${day.name}）`}`;
    const role = terminal.text(`role.${day.role}`, { n: day.number ?? "" });
    terminal.line(`  ${day.date} ${weekday}  ${kind}  ${role}${day.known ? "" : `  ${terminal.text("day.unknown")}`}`);
  }
}
