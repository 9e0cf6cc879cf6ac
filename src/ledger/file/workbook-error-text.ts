import { WorkbookError, type WorkbookErrorCode } from "../../ooxml/workbook-error.js";
import { fill, type Language } from "../../locales/language.js";
import en from "../../locales/workbook-errors.en-US.json";
import zh from "../../locales/workbook-errors.zh-CN.json";
import { LedgerError, type LedgerErrorCode } from "./ledger-error.js";

type ReasonKey = Extract<keyof typeof zh, `reason.${string}`>;

const TEXTS: Record<Language, Record<WorkbookErrorCode | LedgerErrorCode | ReasonKey, string>> = { zh, en };

/** What the readers of XML found, by what it means to whoever has the file; the first that fits. */
const REASONS: readonly (readonly [found: RegExp, key: ReasonKey])[] = [
  [/document type/, "reason.dtd"],
  [/encoding|UTF-8/, "reason.encoding"],
  [
    /not closed|unexpected end|without end|nested too deeply|unexpected <|unexpected closing|^no (?:-->|\?>|\]\]>)/,
    "reason.unclosed",
  ],
  [/out of order|after row|another row/, "reason.order"],
  [/^no /, "reason.missing"],
];

/** What is wrong with a workbook or its ledger and how to mend it, without the file's name; undefined for any other error. */
export function workbookErrorText(error: unknown, language: Language): string | undefined {
  if (!(error instanceof WorkbookError || error instanceof LedgerError)) return undefined;
  const texts = TEXTS[language];
  const { reason } = error.params;
  if (reason === undefined) return fill(texts[error.code], error.params);
  const key = REASONS.find(([found]) => found.test(String(reason)))?.[1] ?? "reason.syntax";
  return fill(texts[error.code], { ...error.params, reason: texts[key] });
}
