import { COLUMNS } from "../../domain/columns.js";
import { isoTime, type WallTime } from "../../domain/wall-time.js";
import { shownCell } from "../../ledger/shown-cell.js";
import type { LedgerRow } from "../../ledger/port.js";
import type { Language } from "../../locales/language.js";
import { shownValue } from "../../process/outcome-json.js";
import type {
  ExplainedGround,
  ExplainedLimit,
  ExplainedParameter,
  ExplainedRule,
  Explanation,
} from "../../process/explanation.js";
import type { Block, ReportSheet, TableBlock, TableColumn } from "../reports/blocks.js";
import { evidenceLines, WORDS, explainedIn, parameterText, type ExplainKey, type SayExplained } from "./texts.js";

/**
 * An explanation as pages to print and sign, for a dispute: what the ledger says, what was decided and by which clause, how
 * each limit was counted, who bears what.
 */

export interface ExplanationPaper {
  readonly explanation: Explanation;
  /** The row as it stands in the ledger. */
  readonly row: LedgerRow;
  readonly organisation: string | undefined;
  readonly now: WallTime;
  readonly language: Language;
}

export function explanationSheet({ explanation, row, organisation, now, language }: ExplanationPaper): ReportSheet {
  const say = explainedIn(language);
  const { id, pack, limits, messages } = explanation;
  return {
    key: "explanation",
    name: say("page.title"),
    organisation: organisation ?? "",
    title: say("page.title"),
    meta: [
      say("page.about", { id: id ?? `#${explanation.row}` }),
      say("page.prepared", { now: minutes(isoTime(now)) }),
    ],
    ...(pack && { remark: say("explain.pack", { title: pack.title, version: pack.version }) }),
    footer: `&C&"宋体,常规"&8${say("page.footer", { page: "&P", pages: "&N" })}`,
    blocks: [
      caseBlock(row, pack?.title, say),
      resultsBlock(explanation, say),
      ...limits.filter(({ days }) => days.length > 0).map((limit) => limitBlock(limit, say)),
      penaltiesBlock(explanation, say),
      ...(messages.length > 0 ? [{ kind: "notes", title: say("page.messages"), lines: messages } as const] : []),
      { kind: "signatures", labels: [say("page.sign-maker"), say("page.sign-reviewer"), say("page.sign-person")] },
    ] satisfies readonly Block[],
  };
}

const text = (header: string, weight: number): TableColumn => ({ header, format: "text", weight });

/** The filled input columns, as the clerk entered them. */
function caseBlock({ cells }: LedgerRow, pack: string | undefined, say: SayExplained): TableBlock {
  const filled = COLUMNS.flatMap(({ id, role, header }) => {
    // A ledger may call its regulation by an id.
    const value = role === "input" ? ((id === "pack" ? pack : undefined) ?? shownCell(cells[id], id)) : "";
    return value === "" ? [] : [[header, value]];
  });
  return {
    kind: "table",
    title: say("page.case"),
    columns: [text(say("page.item"), 1), text(say("page.content"), 4)],
    rows: filled,
    empty: say("page.none"),
  };
}

/** 提示 stands below, 规则版本 above. */
const ELSEWHERE: ReadonlySet<string> = new Set(["messages", "packVersion", "basis"]);

function resultsBlock({ outputs }: Explanation, say: SayExplained): TableBlock {
  return {
    kind: "table",
    title: say("page.results"),
    columns: [text(say("page.item"), 2), text(say("page.value"), 3), text(say("page.why"), 7)],
    rows: outputs
      .filter(({ output }) => !ELSEWHERE.has(output))
      .map(({ header, value, grounds }) => [
        header,
        shownValue(value),
        grounds.map((ground) => groundText(ground, say)).join("\n"),
      ]),
    empty: say("page.none"),
  };
}

function groundText(ground: ExplainedGround, say: SayExplained): string {
  if (ground.kind === "human") return say("explain.human");
  if (ground.kind === "people") return say("explain.people");
  if (ground.kind === "because") return ground.text;
  if (ground.kind === "rule") return ruleText(ground, say);
  return [...(ground.clause === undefined ? [] : [ground.clause]), ...evidenceLines(ground, say)].join("\n");
}

function ruleText({ clause, title, inputs, parameters, note }: ExplainedRule, say: SayExplained): string {
  return [
    `${clause}  ${title}`,
    inputs.map(({ header, value }) => `${header} = ${value ?? say("explain.blank")}`).join("；"),
    ...parameters.map((parameter) => parameterText(shortList(parameter), say)),
    ...(note === undefined ? [] : [say("explain.reading", { note })]),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/** A list of words by its first ones. */
function shortList(parameter: ExplainedParameter): ExplainedParameter {
  const { value } = parameter;
  if (typeof value === "number" || value.length <= WORDS) return parameter;
  const words = value.flatMap((item) => (typeof item === "string" ? [item] : []));
  return words.length < value.length ? parameter : { ...parameter, value: [...words.slice(0, WORDS), "…"] };
}

function limitBlock({ stage, part, start, length, due, days }: ExplainedLimit, say: SayExplained): TableBlock {
  const weekdays = say("weekdays").split(",");
  const name = say(`stage.${stage}` as ExplainKey);
  return {
    kind: "table",
    title: say("page.counted", { stage: part === undefined ? name : `${name}（${part}）` }),
    columns: [text(say("page.day"), 3), text(say("page.day-kind"), 4), text(say("page.day-role"), 5)],
    rows: days.map(({ date, weekday, kind, name: holiday, role, number, known }) => [
      `${date} ${weekdays[weekday]!}`,
      `${say(`day.${kind}`)}${holiday === undefined ? "" : `（${holiday}）`}`,
      `${say(`role.${role}`, { n: number ?? "" })}${known ? "" : `（${say("day.unknown")}）`}`,
    ]),
    empty: say("page.none"),
    note: say("page.counted-note", { start: minutes(start), length, due: minutes(due) }),
  };
}

function penaltiesBlock({ penalties }: Explanation, say: SayExplained): TableBlock {
  return {
    kind: "table",
    title: say("page.penalties"),
    columns: [
      text(say("page.subject"), 2),
      text(say("page.type"), 2),
      text(say("page.reason"), 4),
      text(say("page.clause"), 4),
      text(say("page.formula"), 4),
      { header: say("page.amount"), format: "money", weight: 2 },
    ],
    rows: penalties.map((p) => [p.subject, p.type, p.reason, p.clause, p.formula, Number(p.amount)]),
    empty: say("page.none"),
  };
}

/** 2026-03-31T18:00:00 → 2026-03-31 18:00 */
function minutes(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}
