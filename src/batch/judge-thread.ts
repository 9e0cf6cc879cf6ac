import { parentPort, workerData } from "node:worker_threads";
import { column, type InputColumn, type InputId } from "../domain/columns.js";
import { LineJudge, type JudgedLine, type LineSurroundings } from "../jobs/judge-lines.js";
import { messageJson, penaltyJson, rowJson } from "../process/outcome-json.js";
import { punishedKey } from "../process/twice.js";
import { personClaims } from "./claims.js";
import { linesIn, type Portion } from "./portions.js";

/** A thread that judges portions of rows: the same engine as everywhere, told of the rest of the table what it must know. */

export interface ThreadData {
  readonly surroundings: LineSurroundings;
  readonly columns: readonly InputId[];
  readonly wholePercents: readonly InputId[];
}

/** What a portion gives, as bytes of JSON lines: they go into files as they are. */
export interface JudgedPortion {
  readonly number: number;
  readonly count: number;
  /** Rows that are no complaints: praise, enquiries. */
  readonly leftOut: readonly number[];
  /** Rows by 当前状态. */
  readonly statuses: ReadonlyMap<string, number>;
  /** Ids of the packs that judged. */
  readonly packs: readonly string[];
  readonly rows: Uint8Array<ArrayBuffer>;
  readonly penalties: Uint8Array<ArrayBuffer>;
  readonly claims: Uint8Array<ArrayBuffer>;
  readonly messages: Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();

function judgePortion(judge: LineJudge, portion: Portion, columns: readonly InputId[]): JudgedPortion {
  const statuses = new Map<string, number>();
  const packs = new Set<string>();
  const texts = { rows: "", penalties: "", claims: "", messages: "" };
  const lines = linesIn(portion, columns);
  const leftOut: number[] = [];
  for (const { line, standing } of lines) {
    const judged = judge.judge(line, standing);
    if (!judged) {
      leftOut.push(line.row);
      continue;
    }
    const { outputs, packId, messages } = judged;
    if (outputs.status !== undefined) statuses.set(outputs.status, (statuses.get(outputs.status) ?? 0) + 1);
    if (packId !== undefined) packs.add(packId);
    texts.rows += `${JSON.stringify(rowJson(judged))}\n`;
    texts.penalties += penaltyLines(judged);
    texts.claims += claimLines(judged);
    for (const message of messages) texts.messages += `${JSON.stringify(messageJson(message))}\n`;
  }
  return {
    ...{ number: portion.number, count: lines.length, leftOut, statuses, packs: [...packs] },
    rows: encoder.encode(texts.rows),
    penalties: encoder.encode(texts.penalties),
    claims: encoder.encode(texts.claims),
    messages: encoder.encode(texts.messages),
  };
}

/** Lines of 处罚明细, with what tells rows that punish somebody twice. */
function penaltyLines({ row, penalties, content, outputs }: JudgedLine): string {
  const { status } = outputs;
  return penalties
    .map(
      (penalty) =>
        `${JSON.stringify({ row, status, content, line: JSON.stringify(penaltyJson(penalty)), ...keysOf(penalty) })}\n`,
    )
    .join("");
}

function keysOf(penalty: JudgedLine["penalties"][number]): object {
  const { packId, complaintId, subjectType, subject, employeeNo, reason, state } = penalty;
  const punished = punishedKey(subject, employeeNo);
  return { packId, complaintId, subjectType, subject, punished, reason, state };
}

function claimLines({ row, complaint }: JudgedLine): string {
  return personClaims(complaint)
    .map(({ person, claim }) => `${JSON.stringify({ row, person, line: JSON.stringify(claim) })}\n`)
    .join("");
}

if (parentPort) {
  const port = parentPort;
  const { surroundings, columns, wholePercents } = workerData as ThreadData;
  const judge = new LineJudge(
    surroundings,
    columns.map((id) => column(id) as InputColumn),
    new Set(wholePercents),
  );
  port.on("message", (portion: Portion) => {
    const judged = judgePortion(judge, portion, columns);
    const { rows, penalties, claims, messages } = judged;
    // Handed over, not copied.
    port.postMessage(
      judged,
      [rows, penalties, claims, messages].map(({ buffer }) => buffer),
    );
  });
}
