import type { HostProblem, HostProblemCode, MissingKind } from "./host-problem.js";
import type { SkippedRow } from "./write-report.js";
import en from "../../locales/host-problems.en-US.json";
import zh from "../../locales/host-problems.zh-CN.json";
import { fill, type Language } from "../../locales/language.js";

type Key = HostProblemCode | `missing.${MissingKind}` | "partly-written" | `skipped.${SkippedRow["reason"]}`;

const TEXTS: Record<Language, Record<Key, string>> = { zh, en };

/** Why Excel did not do what was asked, and what to do about it. */
export function hostProblemText({ code, params, written }: HostProblem, language: Language): string {
  const { kind } = params;
  const item = kind === undefined ? {} : { item: TEXTS[language][`missing.${kind as MissingKind}`] };
  const text = fill(TEXTS[language][code], { ...params, ...item });
  if (!written) return text;
  return `${text}${language === "zh" ? "。" : " "}${fill(TEXTS[language]["partly-written"], { rows: written.rows.length })}`;
}

/** Why a row was left for the next run. */
export function skippedRowText({ row, id, reason }: SkippedRow, language: Language): string {
  const name = id === "" ? (language === "zh" ? `原第${row}行` : `former row ${row}`) : id;
  return fill(TEXTS[language][`skipped.${reason}`], { row, id: name });
}
