import { setParameter, type ParameterChange } from "../jobs/set-parameter.js";
import { loadPack } from "../rules/load-pack.js";
import { checkPack } from "../process/check-packs.js";
import { CliError } from "./cli-error.js";
import { packFolders, readPackFiles } from "./pack-files.js";
import { loadRulesFolder, refuseProblems } from "./rules-folder.js";
import type { Terminal } from "./terminal.js";
import { writePack } from "./write-pack.js";

export interface SetArguments {
  readonly id: string;
  /** The folder the pack is read from. */
  readonly rules: string;
  /** `name=value`, as it stands in a cell of 参数. */
  readonly figures: readonly string[];
  readonly from: string;
  readonly clause: string;
  readonly stated: boolean;
  /** Folder the pack's folder is written into; undefined: only tried. */
  readonly output: string | undefined;
}

/** `rules set`: figures of a pack set anew, from a day on or for all times, as the form of the pane does it. */
export function setParameters(args: SetArguments, terminal: Terminal): number {
  const { id, rules, figures, from, clause, stated, output } = args;
  const folder = packFolders(rules, terminal).find(({ name }) => name === id);
  if (!folder) throw new CliError(terminal.text("learn.no-pack", { id }));
  if (figures.length === 0) throw new CliError(terminal.text("rules.no-figure"));
  let files = Object.fromEntries(readPackFiles(folder, { cases: true }, terminal));
  refuseProblems(problemsOf(id, files), terminal);
  for (const figure of figures) {
    const done = setParameter(files, changeOf(figure, { from, clause, stated }, terminal), terminal.language);
    if ("problem" in done) throw new CliError(done.problem);
    files = { ...done.files };
  }
  const result = loadPack(id, new Map(Object.entries(files)));
  if ("problems" in result) {
    refuseProblems(result.problems, terminal);
    return 2;
  }
  const { packs, statutes } = loadRulesFolder(rules, terminal);
  const check = checkPack(result.pack, new Map([...packs, [id, result.pack]]), statutes);
  const failed = new Set(check.failures.map((failure) => failure.case)).size;
  if (output !== undefined) writePack(output, id, files, terminal);
  terminal.document({
    pack: id,
    set: figures,
    cases: { total: check.cases, failed },
    ...(output !== undefined && { folder: output }),
  });
  terminal.say("rules.cases", { cases: check.cases, failed });
  if (output === undefined) terminal.say("rules.only-checked");
  else terminal.say("rules.imported", { folder: output, id });
  return failed > 0 ? 1 : 0;
}

function problemsOf(id: string, files: Readonly<Record<string, string>>): Parameters<typeof refuseProblems>[0] {
  const result = loadPack(id, new Map(Object.entries(files)));
  return "problems" in result ? result.problems : [];
}

function changeOf(
  figure: string,
  rest: Pick<ParameterChange, "from" | "clause" | "stated">,
  terminal: Terminal,
): ParameterChange {
  const at = figure.indexOf("=");
  if (at <= 0) throw new CliError(terminal.text("rules.bad-figure", { figure }));
  return { name: figure.slice(0, at).trim(), value: figure.slice(at + 1), ...rest };
}
