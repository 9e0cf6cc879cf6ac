import type { Concern } from "../../rules/events/kinds.js";
import type { Facts } from "../../rules/facts.js";
import type { ActiveRule } from "../../rules/in-force.js";
import { approveRow, listForms } from "./approval-and-forms.js";
import { compensateRow } from "./compensation.js";
import { concludeRow } from "./conclusion.js";
import { judgeDeadlines } from "./deadlines.js";
import { moneyInputsOf } from "../money-inputs.js";
import type { JudgeContext, JudgedRow, Judgement } from "./judgement.js";
import type { WorkedLimit } from "../limits.js";
import type { PackPlan } from "../pack-plan.js";
import type { ReadyRow } from "../ready-row.js";
import { classifyRow } from "./labels.js";
import { readListedCells } from "./listed-cells.js";
import { penaliseRow } from "./penalties.js";
import { readOverrides } from "./overrides.js";
import { assignRow } from "./responsibility.js";
import { RowWork } from "./row-work.js";

/** Whether money of the row's pack rests on something that can't be read, or that is asked about. */
export function restsOnQuestion({ unread, inForce }: Pick<ReadyRow, "unread" | "inForce">): boolean {
  if (unread.size === 0) return false;
  const money = moneyInputsOf(inForce.pack);
  return [...unread].some((id) => money.has(id));
}

/**
 * Judges rows by the rules in force at their 受理时间: classification, responsibility, limits, penalties, compensation,
 * approvals, forms, status. Each concern sees the outputs of those before it as facts.
 *
 * One judge serves all rows of a run, one after the other, and keeps nothing of a row but what it hands out: what it
 * works with (the facts above all) is used again for the next row.
 */
export class RowJudge {
  private readonly work: RowWork;

  constructor(context: JudgeContext) {
    this.work = new RowWork(context);
  }

  judge(row: ReadyRow): JudgedRow {
    this.work.kept = undefined;
    return this.run(row);
  }

  /** As `judge`, and keeps the workings. */
  inspect(row: ReadyRow): Judgement {
    const { work } = this;
    const kept = { fired: new Map<Concern, readonly ActiveRule[]>(), factsSeen: new Map<Concern, Facts>() };
    work.kept = kept;
    const judged = this.run(row);
    const { classification, limits, passedLimits, clock } = work;
    const facts = work.facts.toFacts();
    return {
      ...judged,
      workings: { facts, classification, ...kept, grounds: work.grounds.toMap(), limits, passedLimits, clock },
    };
  }

  /** The limits of the row judged last, those of earlier levels included, and how near a limit is 即将到期. */
  timesOfLast(): { readonly limits: readonly WorkedLimit[]; readonly warning: number } {
    const { limits, levelsBefore, plan } = this.work;
    // Before the first row there is no plan; of a row that could not be judged, the limits of the one before do no harm.
    return { limits: [...limits, ...levelsBefore], warning: (plan as PackPlan | undefined)?.warning ?? 0 };
  }

  private run(row: ReadyRow): JudgedRow {
    const { work } = this;
    work.begin(row);
    readListedCells(work);
    readOverrides(work);
    classifyRow(work);
    if (!work.faulty) {
      assignRow(work);
      judgeDeadlines(work);
      // Nothing is charged or paid while a question about what it rests on is open.
      if (!restsOnQuestion(work.row)) {
        penaliseRow(work);
        compensateRow(work);
      }
      approveRow(work);
      listForms(work);
    }
    concludeRow(work);
    const { outputs, messages, faulty, closing } = work;
    return { outputs, penalties: faulty ? [] : work.penalties, messages, faulty, closing };
  }
}
