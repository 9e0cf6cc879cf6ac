import { isNoComplaint, wordKey } from "../domain/case-words.js";
import { matchText } from "../domain/match-text.js";
import type { LedgerRow } from "./port.js";

/**
 * What kind of entry a row is. A column tells it: praise and enquiries are left out, complaints are judged, and of any other
 * word in a column that tells complaints from other entries somebody has to say which it is. Text alone tells it never: a
 * complaint that reads like praise is asked about.
 */

/** What a person can say of a kind. */
export const ENTRY_KINDS = ["投诉", "非投诉"] as const;

const COMPLAINT = /投诉|客诉|抱怨|申诉|举报|索赔|complaint|complain|claim|grievance/iu;
/** Kinds that are a complaint in one house and none in another. */
const UNCLEAR: ReadonlySet<string> = new Set(
  (
    "建议 建议类 意见 意见建议 求助 求助类 报修 报修类 回访 预约 通知 报备 其他 其它 反馈 需求 服务请求 业务办理 工单 任务 suggestion suggestions " +
    "feedback request task appointment follow-up change other others incident"
  ).split(" "),
);
const UNCLEAR_PHRASES: ReadonlySet<string> = new Set(["service request", "change request", "feature request"]);

/** The kinds of a ledger's rows that have to be asked about, as word keys. */
export function unclearKinds(rows: readonly LedgerRow[]): ReadonlySet<string> {
  const words = new Map<string, string>();
  for (const { cells } of rows)
    if (typeof cells.caseKind === "string" && cells.caseKind.trim() !== "")
      words.set(wordKey(cells.caseKind), cells.caseKind);
  const kinds = [...words.keys()];
  // 质量, 服务, 物流 are what complaints are about; beside 投诉 they may be anything.
  const tellsComplaints = kinds.some((kind) => PLAIN_COMPLAINT.has(kind));
  const tellsKinds = tellsComplaints || kinds.some((kind) => isNoComplaint(kind));
  if (!tellsKinds) return new Set();
  return new Set(
    kinds.filter(
      (kind) =>
        !isNoComplaint(kind) &&
        !COMPLAINT.test(kind) &&
        (tellsComplaints || UNCLEAR.has(kind) || UNCLEAR_PHRASES.has(kind)),
    ),
  );
}

const PLAIN_COMPLAINT: ReadonlySet<string> = new Set(
  "投诉 客诉 投诉类 客户投诉 顾客投诉 业主投诉 有效投诉 complaint complaints claim".split(" "),
);

const PRAISE =
  /表扬|锦旗|点赞|好评|致谢|感谢信|(?:非常|十分|特别|很)(?:感谢|感激|满意)|拾金不昧|\b(?:praise|compliment|thank you|thanks|excellent|great service|very satisfied|well done)\b/iu;
/** What a text that is nothing but praise does not hold. */
const BLAME =
  /不|没|未|无|差|坏|破|损|漏|慢|晚|迟|拖|错|少|脏|臭|异味|噪|吵|骂|推诿|态度恶|投诉|抱怨|反映|退|换|赔|修|问题|故障|缺|裂|断|掉|烂|霉|虫|伤|骗|乱|贵|但|可是|却|要求|希望|建议|怎么|为何|为什么|拒|违|假|\b(?:not|no|never|nobody|but|however|bad|broken|late|delay\w*|damage\w*|refund|complain\w*|wrong|fail\w*|poor\w*|defect\w*|issue|problem|missing|rude|slow|leak\w*|crack\w*|fault\w*|dirty|noise|replace\w*|return\w*|unhappy|dissatisf\w*)\b|n['’]t\b/iu;

/** Words of praise in which a word of blame stands. */
const NO_BLAME = /拾金不昧|不厌其烦|无微不至|不辞辛苦|不错|不怕|毫无怨言|无可挑剔|无偿|差错为零/gu;

/** Whether a text says nothing but praise. */
export function readsLikePraise({ description, caseKind, upheld }: LedgerRow["cells"]): boolean {
  if (typeof description !== "string" || !PRAISE.test(description)) return false;
  // 是否成立 was written, or what kind it is: somebody has looked at it.
  if ((caseKind ?? "") !== "" || (upheld ?? "") !== "") return false;
  return !BLAME.test(matchText(description).replace(NO_BLAME, ""));
}
