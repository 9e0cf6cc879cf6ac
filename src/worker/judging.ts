/**
 * What judges, and what speaks of a judgement. It holds the words of the lexicon and the sentences of all messages, so
 * the session loads it with the first ledger that is judged: opening the pane needs none of it.
 */
export { examineLedger, mayWrite } from "../jobs/judge-ledger.js";
export { chargesAlike, judgedRow, withRow } from "../jobs/judge-row.js";
export { runReport, whyNot } from "../jobs/run-report.js";
export { packNamesIn } from "../ledger/run-ledger.js";
export { explanationOfCase, formsOfCase } from "./case-papers.js";
export { remindersOf, reportChoicesOf, reportOf, rowLines, splitOf, todayWith } from "./reports.js";
