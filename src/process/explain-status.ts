import { column } from "../domain/columns.js";
import type { WallTime } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import { shortTime, timesApart } from "./fact-text.js";
import type { Judgement } from "./judge/judgement.js";
import type { ReadyRow } from "./ready-row.js";
import type { WorkedLimit } from "./limits.js";
import { packPlan } from "./pack-plan.js";
import { say, type SentenceKey } from "./sentences.js";
import { isPast, openAfterClosing, type Status } from "./status.js";

/** Why 当前状态 is what it is: the facts that made it the first that fits, a sentence each. */
export function explainStatus(judgement: Judgement, ready: ReadyRow, now: WallTime, language: Language): string[] {
  const { inputs, followedBy, inForce } = ready;
  const { limits } = judgement.workings;
  const t = (key: SentenceKey, params?: Readonly<Record<string, string | number>>): string =>
    say(language, key, params);
  const stage = (limit: WorkedLimit): string => t(`stage.${limit.stage}`);
  const closed = (key: SentenceKey): string => {
    const close = limits.find((limit) => limit.stage === "close");
    const done = shortTime(inputs.closeAt!);
    return close ? t(key, timesApart(close.due, inputs.closeAt!)) : t("because.closed-without-limit", { done });
  };
  const after = openAfterClosing(limits);
  const late = limits.filter((limit) => isPast(limit, now));
  switch (judgement.outputs.status as Status) {
    case "数据有误":
      return [];
    case "待确认":
      return [t("because.unsure", { headers: [...ready.unread].map((id) => column(id).header).join("、") })];
    case "已转新单":
      return [t("because.transferred", { ids: followedBy.join("、") })];
    case "不成立":
      return [t("because.not-upheld")];
    case "暂缓关闭":
      return [t("because.deferred")];
    case "已结案":
      return [closed("because.closed-on-time")];
    case "逾期结案":
      return [closed("because.closed-late")];
    case "待回访":
    case "回访逾期":
    case "待反馈":
    case "反馈逾期":
      return after ? [t("because.after-closing", { stage: stage(after), due: shortTime(after.due) })] : [];
    case "已逾期":
      return late.map((limit) => t("because.past", { stage: stage(limit), due: shortTime(limit.due) }));
    case "即将到期": {
      const { warning } = packPlan(inForce);
      const hours = warning / 3600;
      return limits
        .filter((limit) => limit.done === undefined)
        .flatMap((limit) => {
          const { target, due } = limit;
          if (target !== undefined && now > target)
            return [t("because.past-target", { stage: stage(limit), target: shortTime(target), due: shortTime(due) })];
          return due - now < warning ? [t("because.near", { stage: stage(limit), due: shortTime(due), hours })] : [];
        });
    }
    case "处理中":
      return [t("because.open")];
  }
}
