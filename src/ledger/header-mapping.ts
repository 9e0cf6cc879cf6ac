import type { Package, PackageDraft } from "../ooxml/package.js";
import { addCustomXml, customXmlParts } from "../ooxml/custom-xml.js";
import { newPart } from "../ooxml/relationships.js";
import type { WorkbookInfo } from "../ooxml/workbook-part.js";
import { ANSWERS_NAMESPACE, formatAnswers, NO_ANSWERS, parseAnswers, type Answers } from "./answers.js";

/** Where a workbook keeps what people answered about it: in a custom XML part, which Excel carries along. */

/** Identifies the part within a workbook, which holds at most one. */
const ITEM_ID = "{6E0B5C1C-6C0B-4E0E-9B52-7A1A0F1C7D11}";

function answersPart(from: Package | PackageDraft, workbook: WorkbookInfo): string | undefined {
  return customXmlParts(from, workbook).find((part) => parseAnswers(from.text(part)) !== undefined);
}

/** The answers kept in a workbook; none if there are none. */
export function storedAnswers(from: Package, workbook: WorkbookInfo): Answers {
  const part = answersPart(from, workbook);
  return (part === undefined ? undefined : parseAnswers(from.text(part))) ?? NO_ANSWERS;
}

/** Replaces the answers kept in a workbook, or adds the parts that hold them. */
export function storeAnswers(draft: PackageDraft, workbook: WorkbookInfo, answers: Answers): void {
  const present = answersPart(draft, workbook);
  if (present !== undefined) {
    draft.set(present, newPart(formatAnswers(answers)));
    return;
  }
  addCustomXml(draft, workbook, { xml: formatAnswers(answers), namespace: ANSWERS_NAMESPACE, itemId: ITEM_ID });
}
