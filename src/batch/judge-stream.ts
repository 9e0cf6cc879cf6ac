import { z } from "zod";
import { INPUT_COLUMNS, type InputId } from "../domain/columns.js";
import type { RawCell } from "../domain/complaint.js";
import { isoTime, type WallTime } from "../domain/wall-time.js";
import type { JudgedComplaint } from "../books/judged.js";
import {
  ownColumns,
  placeOf,
  LineJudge,
  type JudgedLine,
  type Line,
  type LineStanding,
  type LineSurroundings,
} from "../jobs/judge-lines.js";
import { draftedDeductions } from "../process/keep-books.js";
import { deductionJson, messageJson, penaltyJson, rowJson } from "../process/outcome-json.js";
import { sideBySide, type ChainRow } from "../process/one-case.js";
import { PROGRAM_VERSION } from "../program/version.js";
import { personClaims } from "./claims.js";
import { batchText } from "./texts.js";

/**
 * Rows as JSON lines, for any cluster that holds the table: `read` tells what a row says of itself, `number` makes the
 * number of a row that has none, `chains` finds among rows that follow each other those that continue one case side by side, `judge` judges a row that is told how it stands among the others, `fold` makes a
 * person's months of their claims. Stateless: a line is
 * answered from itself alone. A line that can't be taken is answered as well, and ends nothing.
 */

export const STEPS = ["read", "number", "chains", "judge", "fold"] as const;
export type Step = (typeof STEPS)[number];

export interface StreamOptions {
  readonly surroundings: Omit<LineSurroundings, "place">;
  readonly step: Step;
  /** The headers of the table, in order: by them messages name cells. None: cells are named by their row alone. */
  readonly headers: readonly string[];
  /** Columns of shares in which some row of the table holds a plain number above 1. */
  readonly wholePercents: readonly string[];
}

export interface Answer {
  readonly text: string;
  /** The row is 数据有误, or the line could not be taken. */
  readonly faulty: boolean;
}

const rawCell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const strings = z.array(z.string());
const standingSchema = z.strictObject({
  newId: z.string().optional(),
  overflow: z.boolean().optional(),
  earlierOfCustomer: z.int().min(0).optional(),
  followedBy: strings.optional(),
  repeatedBy: z.array(z.strictObject({ id: z.string(), receivedAt: z.int() })).optional(),
  duplicates: z.array(z.int()).optional(),
  followsNobody: z.boolean().optional(),
  beside: z.array(z.number()).optional(),
  repeats: z.strictObject({ id: z.string(), agreesIn: strings, days: z.int() }).optional(),
  times: z.record(z.string(), z.int()).optional(),
  twice: z.array(z.strictObject({ rows: z.array(z.int()), subject: z.string(), reason: z.string() })).optional(),
});
const lineSchema = z.strictObject({
  row: z.int().min(1),
  cells: z.record(z.string(), rawCell),
  standing: standingSchema.optional(),
});
const numberSchema = z.strictObject({
  row: z.int().min(1),
  pack: z.string(),
  receivedAt: z.number(),
  running: z.int().min(1),
});
const chainsSchema = z.strictObject({
  chain: z.array(
    z.strictObject({
      row: z.int().min(1),
      pack: z.string().nullable(),
      id: z.string().nullable(),
      follows: z.string().nullable(),
      rejected: z.boolean(),
    }),
  ),
});
const claimsSchema = z.strictObject({ person: z.string(), claims: z.array(z.looseObject({ packId: z.string() })) });

/** The answers to lines, in their order; before them one that says by what is judged. */
export async function* judgeStream(lines: AsyncIterable<string>, options: StreamOptions): AsyncGenerator<Answer> {
  const { step } = options;
  const judge = new LineJudge(
    { ...options.surroundings, place: placeOf(options.headers) },
    INPUT_COLUMNS,
    new Set(options.wholePercents as readonly InputId[]),
  );
  yield { text: JSON.stringify(head(judge, options)), faulty: false };
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() === "") continue;
    yield answer(text, number, { judge, step, options });
  }
}

function head(judge: LineJudge, { step, surroundings }: StreamOptions): object {
  return { program: PROGRAM_VERSION, step, now: isoTime(surroundings.now), packs: judge.packVersions() };
}

interface At {
  readonly judge: LineJudge;
  readonly step: Step;
  readonly options: StreamOptions;
}

function answer(text: string, line: number, at: At): Answer {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    return refused(line, error instanceof Error ? error.message : String(error), at);
  }
  if (at.step === "fold") {
    const read = claimsSchema.safeParse(given);
    return read.success ? folded(read.data, at) : refused(line, z.prettifyError(read.error), at);
  }
  if (at.step === "chains") {
    const read = chainsSchema.safeParse(given);
    if (!read.success) return refused(line, z.prettifyError(read.error), at);
    return { text: JSON.stringify({ beside: besideIn(read.data.chain) }), faulty: false };
  }
  if (at.step === "number") {
    const read = numberSchema.safeParse(given);
    if (!read.success) return refused(line, z.prettifyError(read.error), at);
    const { row, pack, receivedAt, running } = read.data;
    const { text: id, overflow } = at.judge.number(pack, receivedAt as WallTime, running);
    return { text: JSON.stringify({ row, id, overflow }), faulty: false };
  }
  const read = lineSchema.safeParse(given);
  if (!read.success) return refused(line, z.prettifyError(read.error), at);
  const { row, cells, standing } = read.data;
  const known: Line = { row, cells: byColumn(cells) };
  if (at.step === "read") return { text: JSON.stringify({ row, ...at.judge.read(known) }), faulty: false };
  const judged = at.judge.judge(known, standing as LineStanding | undefined);
  if (!judged) return { text: JSON.stringify({ row, leftOut: "other-kind" }), faulty: false };
  return { text: JSON.stringify(judgedJson(judged)), faulty: judged.outputs.status === "数据有误" };
}

/** For each row that continues a case side by side with others, those others. */
function besideIn(chain: z.infer<typeof chainsSchema>["chain"]): { row: number; rows: number[] }[] {
  const key = (pack: string | null, id: string): string => JSON.stringify([pack, id]);
  const rows = chain.map(({ row, pack, id, follows, rejected }): ChainRow => ({
    index: row,
    key: key(pack, id ?? `#${row}`),
    follows: follows === null ? undefined : key(pack, follows),
    rejected,
  }));
  return sideBySide(rows).flatMap((together) =>
    together.map((row) => ({ row, rows: together.filter((other) => other !== row) })),
  );
}

function refused(line: number, reason: string, { options }: At): Answer {
  const plain = reason.replaceAll(/\s*\n\s*/g, " ");
  const error = batchText(options.surroundings.language, "judge.line", { line, reason: plain });
  return { text: JSON.stringify({ line, error }), faulty: true };
}

/** Cells by column id, whichever of a column's names they were handed over by. */
function byColumn(cells: Readonly<Record<string, RawCell>>): Line["cells"] {
  const names = Object.keys(cells);
  const columns = ownColumns(names);
  const found: Partial<Record<InputId, RawCell>> = {};
  for (const { id } of INPUT_COLUMNS) if (columns.has(id)) found[id] = cells[names[columns.get(id)!]!]!;
  return found;
}

function judgedJson(line: JudgedLine): object {
  const { penalties, messages, complaint, content } = line;
  return {
    ...rowJson(line),
    penalties: penalties.map(penaltyJson),
    said: messages.map(messageJson),
    ...(content === undefined ? {} : { content }),
    ...(complaint === undefined ? {} : { claims: personClaims(complaint) }),
  };
}

function folded({ person, claims }: z.infer<typeof claimsSchema>, { options }: At): Answer {
  const { deductions, messages } = draftedDeductions(claims as unknown as readonly JudgedComplaint[], {
    ...options.surroundings,
    place: placeOf(options.headers),
  });
  const text = JSON.stringify({ person, deductions: deductions.map(deductionJson), said: messages.map(messageJson) });
  return { text, faulty: false };
}
