/**
 * The house: every room of `src`, what it is for, and which rooms it may import from. The linter holds the code to it
 * (.dependency-cruiser.js), and the table in docs/architecture.md is made from it (scripts/build-architecture.ts).
 * A room stands below all that may import it; nothing imports upwards, and no files import each other in a circle.
 */

/**
 * @typedef {object} Room
 * @property {string} path folder; of two that fit, the longer one counts
 * @property {string} what what it is for
 * @property {readonly string[]} may paths of rooms it may import from
 * @property {boolean} [pure] no I/O, no clock, no host: no Node, no exceljs, no React, no Office.js
 */

/** @type {readonly Room[]} */
export const ROOMS = [
  {
    path: "src/domain",
    what: "complaints, columns, cells, money, calendar, clocks, numbering",
    may: [],
    pure: true,
  },
  {
    path: "src/locales",
    what: "words only: every sentence for people, zh-CN and en-US, equal keys; and choosing a language",
    may: [],
    pure: true,
  },
  {
    path: "src/ooxml",
    what: "workbook packages as a library that knows no complaint: parts, sheets, styles, strings, XML, pages",
    may: ["src/domain"],
  },
  {
    path: "src/books",
    what: "the journal of deductions: entries, balances, ceilings, drafts, posting, corrections, holds, proof",
    may: ["src/domain"],
    pure: true,
  },
  {
    path: "src/rules",
    what: "rule packs: schema, loader, events and amounts, conditions, compiled evaluation, reference, classification",
    may: ["src/domain", "src/locales"],
    pure: true,
  },
  {
    path: "src/process",
    what: "the pipeline: one row, one ledger, deductions, explanation, cases",
    may: ["src/domain", "src/books", "src/locales", "src/rules"],
    pure: true,
  },
  {
    path: "src/rules-sheets",
    what: "a rule pack as tables and tables as a pack: notations of cells, sections, problems at their cells; no workbook",
    may: ["src/domain", "src/locales", "src/rules"],
    pure: true,
  },
  {
    path: "src/ledger",
    what: "what a ledger is, whichever home it has: headers, places, own tables, row identity, the port; what a run writes",
    may: ["src/domain", "src/locales", "src/rules", "src/books", "src/process", "src/ooxml"],
  },
  {
    path: "src/ledger/file",
    what: "a ledger in a workbook file: fetches and puts cells",
    may: ["src/domain", "src/locales", "src/ooxml", "src/ledger"],
  },
  {
    path: "src/ledger/excel",
    what: "a ledger in a running Excel (Office.js): fetches and puts cells, few requests",
    may: ["src/domain", "src/locales", "src/ooxml", "src/ledger"],
  },
  {
    path: "src/documents",
    what: "new workbooks and papers made from an outcome: reports, notices, forms, empty ledgers",
    may: [
      "src/domain",
      "src/rules-sheets",
      "src/locales",
      "src/rules",
      "src/books",
      "src/process",
      "src/ooxml",
      "src/ledger",
      "src/ledger/file",
    ],
  },
  {
    path: "src/program",
    what: "what the program knows of itself: its version, the clock in Shanghai",
    may: ["src/domain"],
  },
  {
    path: "src/jobs",
    what: "what people ask for, the same for command, pane and ribbon: judge, report, notices, forms, check, which packs",
    may: [
      "src/domain",
      "src/rules-sheets",
      "src/locales",
      "src/rules",
      "src/books",
      "src/process",
      "src/ooxml",
      "src/ledger",
      "src/ledger/file",
      "src/documents",
      "src/program",
    ],
    pure: true,
  },
  {
    path: "src/worker",
    what: "jobs beside the pane, in a web worker: messages in, messages out",
    may: [
      "src/domain",
      "src/rules-sheets",
      "src/locales",
      "src/rules",
      "src/books",
      "src/process",
      "src/ledger",
      "src/documents",
      "src/program",
      "src/jobs",
    ],
  },
  {
    path: "src/batch",
    what: "tables of any size: an embedded database reads, surveys and writes, the same engine judges in threads",
    may: [
      "src/domain",
      "src/locales",
      "src/books",
      "src/process",
      "src/ooxml",
      "src/ledger",
      "src/program",
      "src/jobs",
    ],
  },
  {
    path: "src/cli",
    what: "the command: options, files, text for people, exit codes",
    may: [
      "src/domain",
      "src/rules-sheets",
      "src/locales",
      "src/rules",
      "src/books",
      "src/process",
      "src/ooxml",
      "src/ledger",
      "src/ledger/file",
      "src/documents",
      "src/program",
      "src/jobs",
      "src/batch",
    ],
  },
  {
    path: "src/taskpane",
    what: "the pane and the ribbon's buttons: state, tabs, editor; the rules themselves are asked of the worker",
    may: [
      "src/domain",
      "src/rules-sheets",
      "src/locales",
      "src/books",
      "src/process",
      "src/ooxml",
      "src/ledger",
      "src/ledger/excel",
      "src/documents",
      "src/program",
      "src/jobs",
      "src/worker",
      "src/taskpane/excel",
    ],
  },
  {
    path: "src/taskpane/excel",
    what: "what the pane does in the open workbook beside the ledger: report sheets, people, settings",
    may: [
      "src/domain",
      "src/rules-sheets",
      "src/locales",
      "src/ooxml",
      "src/documents",
      "src/ledger",
      "src/ledger/excel",
      "src/jobs",
      "src/worker",
    ],
  },
  {
    path: "src/workbench",
    what: "the add-in for people without Excel, on a workbook host of our own",
    may: ["src/domain", "src/locales", "src/ooxml", "src/ledger", "src/ledger/file", "src/documents", "src/taskpane"],
  },
  {
    path: "src/probe",
    what: "what an Excel really does: small scenarios and the sample ledger in a page, a recording of them, and its replay on our host",
    may: [
      "src/domain",
      "src/locales",
      "src/ooxml",
      "src/documents",
      "src/program",
      "src/ledger",
      "src/ledger/file",
      "src/ledger/excel",
      "src/jobs",
      "src/worker",
      "src/taskpane",
      "src/taskpane/excel",
      "src/workbench",
    ],
  },
];

/** Outside packages that only some rooms may know. */
export const HOSTS = ["exceljs", "react", "react-dom", "@fluentui", "@microsoft/office-js", "office-js"];
