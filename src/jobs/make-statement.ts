import { anchorOf, anchorText } from "../books/anchors.js";
import { personKey, type PersonRef } from "../books/entry.js";
import { statementOf, type Statement, type StatementPeriod } from "../books/statement.js";
import { fileNamePart } from "../documents/file-name.js";
import { noticeText } from "../documents/notices/texts.js";
import type { DocumentFile } from "./issue-notices.js";
import { settingsOf, type MayWrite } from "./judge-ledger.js";

/** A person's account over any months: what is posted, and what a notice or lock would post now. */

export type FoundPerson =
  | { readonly kind: "found"; readonly person: PersonRef }
  | { readonly kind: "unknown" }
  | { readonly kind: "several"; readonly persons: readonly PersonRef[] };

/** Who is meant: a 工号, or a name that one person of the books bears. */
export function findPerson({ ledger: { run } }: MayWrite, text: string): FoundPerson {
  const persons = new Map(run.books.views.map(({ person }) => [personKey(person), person]));
  const meant = [...persons.values()].filter(({ employeeNo, name }) => employeeNo === text || name === text);
  const numbered = meant.find(({ employeeNo }) => employeeNo === text);
  const [only, ...others] = numbered ? [numbered] : meant;
  if (!only) return { kind: "unknown" };
  return others.length > 0 ? { kind: "several", persons: meant } : { kind: "found", person: only };
}

export function makeStatement(
  { ledger: { run } }: MayWrite,
  person: PersonRef,
  period: StatementPeriod,
): Statement | undefined {
  return statementOf(run.books.book, person, period, run.books.draft);
}

/** The statement as a workbook. exceljs is large and only loaded for this. */
export async function statementFile({ ledger }: MayWrite, statement: Statement): Promise<DocumentFile> {
  const { spanText, statementWorkbook } = await import("../documents/notices/statement-workbook.js");
  const { language } = ledger.options;
  const { book } = ledger.run.books;
  const { name, employeeNo } = statement.person;
  const person = employeeNo === undefined ? name : `${employeeNo} ${name}`;
  const file = noticeText(language, "file.statement", { person, span: spanText(statement, language) });
  const bytes = await statementWorkbook({
    statement,
    organisation: settingsOf(ledger.snapshot)?.organisation,
    anchor: book.entries.length === 0 ? "" : anchorText(anchorOf(book)),
    language,
  });
  return { name: `${fileNamePart(file)}.xlsx`, bytes };
}
