import { fileNamePart } from "../documents/file-name.js";
import { explanationSheet } from "../documents/explanation/explanation-page.js";
import { explainedIn } from "../documents/explanation/texts.js";
import type { Masker } from "../documents/masking/masker.js";
import { reportPage } from "../documents/reports/layout.js";
import { pagesWorkbook } from "../documents/reports/pages-workbook.js";
import type { Language } from "../locales/language.js";
import { portableCodec, type Codec } from "../ooxml/codec.js";
import { explainRow } from "../process/explain.js";
import type { RowOutcome } from "../process/outcome.js";
import { settingsOf, type MayWrite } from "./judge-ledger.js";

/** How complaints were judged, a sheet each, as a workbook to print and sign. exceljs is large: load this when it is asked for. */
export async function explanationPaper(
  { ledger: { run, snapshot, options } }: MayWrite,
  rows: readonly Pick<RowOutcome, "row">[],
  masker: Masker | undefined,
  codec: Codec = portableCodec,
): Promise<Uint8Array> {
  const { language, now } = options;
  const organisation = settingsOf(snapshot)?.organisation;
  const sheets = rows.flatMap(({ row }, i) => {
    const explanation = explainRow(run, row, language);
    const cells = snapshot.rows.find((other) => other.row === row);
    if (!explanation || !cells) return [];
    const sheet = explanationSheet({ explanation, row: cells, organisation, now, language });
    const own = rows.length > 1 ? { ...sheet, key: `${sheet.key}-${i}`, name: `${sheet.name} ${i + 1}` } : sheet;
    return [masker ? masker.all(own) : own];
  });
  return pagesWorkbook(sheets.map(reportPage), codec);
}

/** 判定说明 260106001.xlsx */
export function explanationFileName({ id, row }: Pick<RowOutcome, "id" | "row">, language: Language): string {
  const about = fileNamePart(id ?? String(row));
  return `${explainedIn(language)("page.title")} ${about}.xlsx`;
}
