import { utf8ToBytes } from "@noble/hashes/utils.js";
import { yuanText } from "../domain/money.js";
import { keyedSha256Hex, sha256Hex } from "../domain/sha256.js";
import { isoDate, isoTime } from "../domain/wall-time.js";
import type { Entry } from "./entry.js";

/**
 * The chain of 扣款凭证: each entry's 校验值 is over its own fields and the one before it. What is personal goes in as a
 * salted digest that stands beside it, so that it can be cleared later without breaking the chain.
 */

/** A key makes a keyed hash (HMAC) of it; it is never kept in the workbook. */
export type ChainKey = Uint8Array | undefined;

/** A key as people give it, in a file, the environment or a prompt; none where they give none. */
export function chainKey(text: string): ChainKey {
  const key = text.trim();
  return key === "" ? undefined : utf8ToBytes(key);
}

function hash(text: string, key: ChainKey): string {
  return key === undefined ? sha256Hex(text) : keyedSha256Hex(text, key);
}

/** As a cell gives it back: without blanks around it, lines ended one way, and whatever way its signs were put together. */
function text(value: string): string {
  return PLAIN.test(value) ? value : value.normalize("NFC").replaceAll("\r\n", "\n").trim();
}

/** What stays as it is: signs that are never put together with others, and no blank at either end. Nearly every text. */
const PLAIN =
  /^(?:[!-~·×\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e](?:[ -~·×\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]*[!-~·×\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e])?)?$/;

/** Digest of 工号, 姓名, 部门, 计算式 and 所据: wages and names are personal. */
export function personalDigest(entry: Omit<Entry, "digest" | "previous" | "check">, key: ChainKey): string {
  const { employeeNo, name, department, formula, rests, salt } = entry;
  return hash(JSON.stringify([salt, employeeNo ?? "", name, department, formula, rests].map(text)), key).slice(0, 32);
}

/** An entry's salt: from what the act was made of, which the workbook does not hold afterwards. */
export function saltOf(seed: string, voucher: string, line: number): string {
  return hash(JSON.stringify([seed, voucher, line]), undefined).slice(0, 32);
}

export function checkValue(entry: Omit<Entry, "check">, key: ChainKey): string {
  const e = entry;
  // By name and in this order: a table whose columns were moved about is still whole.
  const fields = {
    凭证号: e.voucher,
    行: e.line,
    记账时间: isoTime(e.at),
    月份: e.month,
    种类: e.kind,
    适用制度: text(e.packId),
    投诉编号: text(e.complaintId),
    类型: e.type,
    事由: text(e.reason),
    金额: yuanText(e.amount),
    对应: e.against,
    结清日: e.settledOn === undefined ? "" : isoDate(e.settledOn),
    条款: text(e.clause),
    规则: text(e.rule),
    规则包校验值: e.packHash,
    通知编号: e.notice,
    起因: e.cause,
    经办: text(e.by),
    来源行: e.origin,
    日志校验值: e.logCheck,
    个人摘要: e.digest,
    上条校验值: e.previous,
    // A workbook of its own has no such column, and its entries are checked as they always were.
    ...(e.source === undefined ? {} : { 来源工作簿: text(e.source) }),
  };
  return hash(JSON.stringify(fields), key).slice(0, 32);
}

/** Completes an entry with its digest, the check value before it and its own. */
export function seal(entry: Omit<Entry, "digest" | "previous" | "check">, previous: string, key: ChainKey): Entry {
  const linked = { ...entry, digest: personalDigest(entry, key), previous };
  return { ...linked, check: checkValue(linked, key) };
}

export function lastCheck({ id, entries }: { readonly id: string; readonly entries: readonly Entry[] }): string {
  return entries.at(-1)?.check ?? id;
}
