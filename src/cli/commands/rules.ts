import { basename } from "node:path";
import { readSheets } from "../../ledger/file/sheet-grids.js";
import { examineLedger } from "../../jobs/judge-ledger.js";
import { markWorkbook } from "../../jobs/mark-workbook.js";
import { impactPage, problemMarks, together, tryCases, type Marks } from "../../jobs/pack-marks.js";
import { packFromSheets, packTables, sheetProblemText, type PackReading } from "../../jobs/pack-tables.js";
import { nodeCodec } from "../../ooxml/node-codec.js";
import { rowNames } from "../../process/complaint-name.js";
import { compareRuns, type Comparison } from "../../process/compare.js";
import type { SheetGrid } from "../../rules-sheets/table.js";
import { CliError } from "../cli-error.js";
import { judgeArguments, JUDGE_OPTIONS, type Command, type JudgeArguments } from "../command.js";
import { judgeOptions, loadLedgerRules } from "../ledger-rules.js";
import { BUILT_IN_RULES, packFolders, readPackFiles } from "../pack-files.js";
import { loadPacks, loadRulesFolder, refuseProblems } from "../rules-folder.js";
import { setParameters } from "../set-parameters.js";
import { comparisonJson, showComparison } from "../show-comparison.js";
import type { Terminal } from "../terminal.js";
import { explained, letOutFile, openWorkbook, readBytes, type OpenWorkbook } from "../workbook-file.js";
import { writePack } from "../write-pack.js";

interface ImportArguments extends JudgeArguments {
  readonly file: string;
  /** Folder that the pack's folder is written into; undefined: nothing is imported. */
  readonly output: string | undefined;
  /** What was found is written onto the sheets. */
  readonly mark: boolean;
  /** A ledger on which the effect is shown. */
  readonly ledger: string | undefined;
}

export const command: Command = {
  usage: "rules <ACTION> <PACK|FILE.xlsx>",
  help: "help.rules-command",
  options: [
    { flags: "-o, --output <FILE.xlsx|DIR>", help: "help.rules-output" },
    { flags: "--mark", help: "help.rules-mark" },
    { flags: "--ledger <IN.xlsx>", help: "help.rules-ledger" },
    { flags: "--set <NAME=VALUE>", help: "help.rules-set", many: true },
    { flags: "--from <2026-01-01>", help: "help.rules-from" },
    { flags: "--clause <CLAUSE>", help: "help.rules-clause" },
    { flags: "--sample", help: "help.rules-sample" },
    ...JUDGE_OPTIONS,
  ],
  run(call) {
    const { terminal } = call;
    const output = call.option("output");
    switch (call.action) {
      case "export":
        return exportCommand(call.argument, call.option("rules") ?? BUILT_IN_RULES, output, terminal);
      case "import": {
        const ledger = call.option("ledger");
        return importCommand(
          { ...judgeArguments(call), file: call.argument, output, mark: call.isSet("mark"), ledger },
          terminal,
        );
      }
      case "set":
        return setParameters(
          {
            id: call.argument,
            rules: call.option("rules") ?? BUILT_IN_RULES,
            figures: call.list("set"),
            from: call.option("from") ?? "",
            clause: call.option("clause") ?? "",
            stated: !call.isSet("sample"),
            output,
          },
          terminal,
        );
      default:
        throw new CliError(terminal.text("rules.action", { value: call.action }));
    }
  },
};

/** `rules export`: a pack as a new workbook of sheets. Never writes over a file that is there. */
async function exportCommand(
  id: string,
  rules: string,
  output: string | undefined,
  terminal: Terminal,
): Promise<number> {
  const folder = packFolders(rules, terminal).find(({ name }) => name === id);
  if (!folder) throw new CliError(terminal.text("learn.no-pack", { id }));
  const path = output ?? `${id}.xlsx`;
  refuseProblems(loadPacks([folder], { cases: true }, terminal).problems, terminal);
  const tables = packTables(Object.fromEntries(readPackFiles(folder, { cases: true }, terminal)));
  // exceljs is large; only the commands that make new workbooks load it.
  const { packWorkbook } = await import("../../documents/pack-workbook.js");
  const bytes = await packWorkbook(tables, terminal.language);
  letOutFile({ leave: "no-ledger", path, bytes, place: "new", read: [] }, terminal);
  terminal.document({ file: path, pack: id, sheets: tables.map(({ name, rows }) => ({ name, rows: rows.length })) });
  terminal.say("rules.exported", { file: path, id });
  return 0;
}

/** `rules import`: reads the sheets, runs the cases, shows the effect on a ledger, and writes the pack if all of it is sound. */
async function importCommand(args: ImportArguments, terminal: Terminal): Promise<number> {
  const { bytes, reading } = readBytes(args.file, terminal);
  const grids: readonly SheetGrid[] = explained(args.file, terminal, () => readSheets(bytes, nodeCodec));
  const found = await packFromSheets(grids);
  const mark = (marks: Marks): void => {
    if (!args.mark) return;
    const marked = explained(args.file, terminal, () => markWorkbook(bytes, grids, marks, nodeCodec));
    letOutFile({ leave: "no-ledger", path: args.file, bytes: marked, place: "in-place", read: [reading] }, terminal);
    terminal.say("rules.marked", { file: args.file });
  };
  if (found.kind === "problems") return refused(found.problems, grids, args, mark, terminal);
  const { packs, statutes } = loadRulesFolder(args.rules ?? BUILT_IN_RULES, terminal);
  const tried = tryCases(grids, found.read, { pack: found.pack, others: packs, statutes }, terminal.language);
  const impact = args.ledger === undefined ? undefined : await impactOn(args.ledger, found, args, terminal);
  const pages = impact ? [impactPage(impact.comparison, impact.nameOf, terminal.language)] : [];
  const { cases, failures } = tried.check;
  const failed = new Set(failures.map((failure) => failure.case)).size;
  if (args.output !== undefined) writePack(args.output, found.id, found.files, terminal);
  mark(together(problemMarks(grids, [], terminal.language), tried.marks, { cells: [], pages }));
  terminal.document({
    pack: found.id,
    problems: [],
    cases: { total: cases, failed },
    ...(impact && { impact: comparisonJson(impact.comparison) }),
    ...(args.output !== undefined && { folder: args.output, files: Object.keys(found.files) }),
  });
  terminal.say("rules.cases", { cases, failed });
  for (const { case: one, failure } of failures)
    terminal.line(
      `  ✗ ${one.name} ${failure.where} ${JSON.stringify(failure.expected) ?? "—"} ≠ ${JSON.stringify(failure.actual) ?? "—"}`,
    );
  if (impact) showComparison(impact.comparison, impact.nameOf, terminal);
  if (args.output === undefined) terminal.say("rules.only-checked");
  else terminal.say("rules.imported", { folder: args.output, id: found.id });
  return failed > 0 ? 1 : 0;
}

/** Nothing is imported; where it was asked for, each cell says what is wrong with it. */
function refused(
  problems: Extract<PackReading, { kind: "problems" }>["problems"],
  grids: readonly SheetGrid[],
  { file, mark: marks }: ImportArguments,
  mark: (marks: Marks) => void,
  terminal: Terminal,
): number {
  const lines = problems.map((problem) => sheetProblemText(problem, terminal.language));
  if (!marks) {
    const more = lines.length - 1;
    const rest = more > 0 ? terminal.text("rules.more-cells", { more }) : "";
    throw new CliError(`${basename(file)}：${lines[0] ?? ""}${rest}`);
  }
  mark(problemMarks(grids, problems, terminal.language));
  terminal.document({
    problems: problems.map(({ sheet, row, column, header, value, text }) => ({
      sheet,
      row,
      column,
      header,
      value,
      text: text[terminal.language],
    })),
  });
  for (const line of lines) terminal.line(`✗ ${line}`);
  return 1;
}

interface Impact {
  readonly comparison: Comparison;
  readonly nameOf: (row: number) => string;
}

/** The ledger judged by the packs it goes by now, and with this pack in the place of its namesake. */
async function impactOn(
  path: string,
  { id, pack }: Extract<PackReading, { kind: "read" }>,
  args: JudgeArguments,
  terminal: Terminal,
): Promise<Impact> {
  const workbook: OpenWorkbook = openWorkbook(path, terminal, args.sheet);
  const rules = await loadLedgerRules(workbook, args, terminal);
  const options = judgeOptions(rules, args, terminal);
  const { snapshot } = workbook.ledger;
  const before = examineLedger(snapshot, options);
  const after = examineLedger(snapshot, { ...options, packs: new Map([...rules.packs, [id, pack]]) });
  const nameOf = rowNames(before.outcome.rows, rules.packs, terminal.language);
  return { comparison: compareRuns(before.run, after.run), nameOf: (row) => nameOf(row) ?? `#${row}` };
}
