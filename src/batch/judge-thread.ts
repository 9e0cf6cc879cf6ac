import { parentPort, workerData } from "node:worker_threads";
import { column, type InputColumn, type InputId } from "../domain/columns.js";
import {
  LineJudge,
  type JudgedLine,
  type Line,
  type LineStanding,
  type LineSurroundings,
} from "../jobs/judge-lines.js";
import { messageJson, penaltyJson, rowJson } from "../process/outcome-json.js";
import { personClaims } from "./claims.js";

/** A thread that judges portions of rows: the same engine as everywhere, told of the rest of the table what it must know. */

export interface ThreadData {
  readonly surroundings: LineSurroundings;
  readonly columns: readonly InputId[];
  readonly wholePercents: readonly InputId[];
}

export interface Portion {
  readonly number: number;
  readonly lines: readonly Line[];
  readonly standings: readonly (LineStanding | undefined)[];
}

/** What a portion gives, as JSON lines: they go into files as they are. */
export interface JudgedPortion {
  readonly number: number;
  readonly rows: string;
  readonly penalties: string;
  readonly claims: string;
  readonly messages: string;
}

function judgePortion(judge: LineJudge, { number, lines, standings }: Portion): JudgedPortion {
  const judged = lines.map((line, i) => judge.judge(line, standings[i]));
  return {
    number,
    rows: judged.map((line) => `${JSON.stringify(rowJson(line))}\n`).join(""),
    penalties: judged.map(penaltyLines).join(""),
    claims: judged.map(claimLines).join(""),
    messages: judged.flatMap(({ messages }) => messages.map((one) => `${JSON.stringify(messageJson(one))}\n`)).join(""),
  };
}

/** Lines of 处罚明细, with what tells rows that punish somebody twice. */
function penaltyLines({ row, penalties, content }: JudgedLine): string {
  return penalties
    .map(
      (penalty) =>
        `${JSON.stringify({ row, content, line: JSON.stringify(penaltyJson(penalty)), ...keysOf(penalty) })}\n`,
    )
    .join("");
}

function keysOf(penalty: JudgedLine["penalties"][number]): object {
  const { packId, complaintId, subjectType, subject, employeeNo, reason, state } = penalty;
  return { packId, complaintId, subjectType, subject, employeeNo, reason, state };
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
    port.postMessage(judgePortion(judge, portion));
  });
}
