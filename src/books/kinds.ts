/** What an entry of 扣款凭证 can be, and what each kind does to a person's balances. */

/** 应扣 O: owed and not yet taken; 已扣 D: taken; 暂缓 H: held by law or by an objection. */
export interface Effect {
  readonly owed: -1 | 0 | 1;
  readonly taken: -1 | 0 | 1;
  readonly held: -1 | 0 | 1;
  /** Side of the identity Σ确定 + Σ补扣 − Σ冲回 − Σ作废 = O + D + H. */
  readonly claim: -1 | 0 | 1;
}

export const ENTRY_KINDS = ["确定", "补扣", "冲回", "扣款", "退还", "暂缓", "恢复", "作废", "结转", "备注"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

const none: Effect = { owed: 0, taken: 0, held: 0, claim: 0 };

export const EFFECTS = {
  确定: { ...none, owed: 1, claim: 1 },
  补扣: { ...none, owed: 1, claim: 1 },
  冲回: { ...none, owed: -1, claim: -1 },
  扣款: { ...none, owed: -1, taken: 1 },
  退还: { ...none, owed: 1, taken: -1 },
  暂缓: { ...none, owed: -1, held: 1 },
  恢复: { ...none, owed: 1, held: -1 },
  作废: { ...none, owed: -1, claim: -1 },
  结转: none,
  备注: none,
} as const satisfies Record<EntryKind, Effect>;

/** What made somebody post. */
export const CAUSES = [
  "通知",
  "锁定",
  "更正",
  "撤销",
  "复核",
  "接管",
  "年结",
  "清除",
  "认定",
  "改号",
  "重开",
  "归档",
  "核销",
] as const;
export type Cause = (typeof CAUSES)[number];

export function isEntryKind(text: string): text is EntryKind {
  return (ENTRY_KINDS as readonly string[]).includes(text);
}

export function isCause(text: string): text is Cause {
  return (CAUSES as readonly string[]).includes(text);
}
