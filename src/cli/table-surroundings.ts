import type { LineSurroundings } from "../jobs/judge-lines.js";
import { inputOf } from "../ledger/run-ledger.js";
import { findPack } from "../process/choose-pack.js";
import { PROGRAM_VERSION } from "../program/version.js";
import { CliError } from "./cli-error.js";
import { NOW, PACK, RULES, type Call, type OptionSpec } from "./command.js";
import { loadAllRules } from "./ledger-rules.js";
import { openWorkbook } from "./workbook-file.js";

/** Options of the commands that judge rows without a workbook of their own. */
export const TABLE_OPTIONS: readonly OptionSpec[] = [
  PACK,
  NOW,
  RULES,
  { flags: "--with <LEDGER.xlsx>", help: "help.with" },
];

/** Packs, law, clock, and the people, holidays and settings of the workbook that `--with` names. */
export async function tableSurroundings(call: Call): Promise<Omit<LineSurroundings, "place">> {
  const { terminal, now } = call;
  const { packs, statutes } = await loadAllRules(call.option("rules"), terminal);
  const pack = call.option("pack");
  if (pack !== undefined && !findPack(pack, packs))
    throw new CliError(terminal.text("pack.unknown", { value: pack, known: [...packs.keys()].join("、") }));
  const common = { packs, statutes, now, language: terminal.language };
  const own = pack === undefined ? {} : { defaultPack: pack };
  const workbook = call.option("with");
  if (workbook === undefined) return { ...common, people: [], holidays: [], settings: own };
  const { ledger } = openWorkbook(workbook, terminal);
  const options = { ...common, ...own, programVersion: PROGRAM_VERSION };
  const { input, messages } = inputOf(ledger.snapshot, options);
  for (const { text } of messages) terminal.warn(text);
  const { people, holidays, settings, monthlyPay } = input;
  return { ...common, people, holidays, settings, ...(monthlyPay === undefined ? {} : { monthlyPay }) };
}
