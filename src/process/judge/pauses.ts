import { dayOfTime, hasNoTime, endOfDay, isBefore, isoDate } from "../../domain/wall-time.js";
import { cellPlace } from "../cell-place.js";
import { shortTime } from "../fact-text.js";
import type { WorkedLimit } from "../limits.js";
import type { RowWork } from "./row-work.js";

/** What is to be said of 暂停, 延期 and 暂缓 on a row, whatever they have changed. */
export function sayPauses(work: RowWork): void {
  const { inputs } = work.row;
  const { pausedFrom, pausedTo, pauseReason, deferred, deferralReason, extensionApprovedBy } = inputs;
  if (pausedFrom !== undefined) {
    const params = {
      from: isoDate(dayOfTime(pausedFrom)),
      to: pausedTo === undefined ? "—" : isoDate(dayOfTime(pausedTo)),
    };
    if (!work.context.pauseAllowed) work.say("warning", "pause.not-allowed", params);
    else if (pausedTo !== undefined && isBefore(pausedTo, pausedFrom)) work.say("warning", "pause.backwards", params);
    else if (pauseReason === undefined) work.say("warning", "pause.reason-missing", params);
    else work.say("info", "pause.applied", { ...params, reason: pauseReason });
  } else if (pausedTo !== undefined) work.say("warning", "pause.from-missing");
  if (deferred === true && (deferralReason === undefined || extensionApprovedBy === undefined))
    work.say("warning", "deferral.unfounded", cellPlace(work.row.row, "deferred", work.context.place));
}

/**
 * 结案期限 as 延期至 moves it: only if it was asked for before the limit had passed, and somebody approved. Otherwise the
 * limit stays, and that is said (once a row, though the limits are worked out for every level).
 */
export function extended(work: RowWork, limit: WorkedLimit, say: boolean): WorkedLimit {
  const { extendedTo, extensionApprovedBy, extensionRequestedAt } = work.row.inputs;
  if (limit.stage !== "close" || extendedTo === undefined) return limit;
  const due = hasNoTime(extendedTo) ? endOfDay(dayOfTime(extendedTo)) : extendedTo;
  const params = { due: shortTime(limit.due), to: shortTime(due) };
  if (due <= limit.due) return limit;
  if (extensionApprovedBy === undefined || extensionRequestedAt === undefined) {
    if (say) work.say("warning", "extension.incomplete", params);
    return limit;
  }
  if (isBefore(limit.due, extensionRequestedAt)) {
    if (say) work.say("warning", "extension.late", { ...params, requested: shortTime(extensionRequestedAt) });
    return limit;
  }
  if (say) work.say("info", "extension.applied", { ...params, approver: extensionApprovedBy });
  return { ...limit, due, extendedFrom: limit.due };
}
