import * as codec from "../codecs.js";
import { columnOf, EXACT_COLUMN, type Field } from "../fields.js";
import { bilingual } from "../problem.js";
import { BASIS_WORDS, REPORT_PERIOD_WORDS, Words } from "../vocabulary.js";
import { PENALTY_TYPES } from "../../rules/events/kinds.js";
import { CLAUSE, ID, NOTE, PERIOD, TITLE } from "./common.js";
import { listSection, type Section } from "./section.js";

/** Sheets whose rows are plainly the entries of a list: clauses, caps, reports. */

function plainSection(options: {
  readonly name: string;
  readonly about: Parameters<typeof bilingual>[0];
  readonly file: string;
  readonly key: string;
  readonly fields: readonly Field[];
}): Section {
  const { name, about, file, key, fields } = options;
  const shape = { fields };
  return listSection({
    name,
    about: bilingual(about),
    file,
    key,
    columns: [...fields.map(columnOf), EXACT_COLUMN],
    shapeOf: () => shape,
  });
}

export const CLAUSES: Section = {
  ...plainSection({
    name: "条款",
    about: "about.clauses",
    file: "pack.json",
    key: "clauses",
    fields: [
      { header: "条文", path: [], codec: codec.listedClause, width: 18, note: "note.listed-clause", required: true },
      {
        header: "内容",
        path: ["title", "zh"],
        codec: codec.text,
        width: 48,
        note: "note.clause-title",
        required: true,
      },
      { header: "不成规则的原因", path: ["reason", "zh"], codec: codec.text, width: 32, note: "note.reason-none" },
      {
        header: "内容（英文）",
        path: ["title", "en"],
        codec: codec.text,
        width: 40,
        note: "note.title-en",
      },
      { header: "不成规则的原因（英文）", path: ["reason", "en"], codec: codec.text, width: 32, note: "note.note-en" },
    ],
  }),
  eachOnce: true,
};

const PENALTY_WORDS = new Words(Object.fromEntries(PENALTY_TYPES.map((type) => [type, type])));

export const CAPS = plainSection({
  name: "上限",
  about: "about.caps",
  file: "penalties.json",
  key: "caps",
  fields: [
    ID,
    CLAUSE,
    TITLE[0]!,
    {
      header: "涵盖",
      path: ["covers"],
      codec: codec.choices(PENALTY_WORDS),
      width: 24,
      note: "note.covers",
      required: true,
    },
    { header: "比例", path: ["rate"], codec: codec.numberRef, width: 26, note: "note.cap-rate", required: true },
    ...PERIOD,
    ...NOTE,
    TITLE[1]!,
  ],
});

export const REPORTS = plainSection({
  name: "报表",
  about: "about.reports",
  file: "reports.json",
  key: "reports",
  fields: [
    ID,
    CLAUSE,
    TITLE[0]!,
    {
      header: "周期",
      path: ["period"],
      codec: codec.choice(REPORT_PERIOD_WORDS),
      width: 8,
      note: "note.report-period",
      required: true,
    },
    { header: "计入", path: ["basis"], codec: codec.choice(BASIS_WORDS), width: 8, note: "note.basis", required: true },
    { header: "错开月数", path: ["lag"], codec: codec.number, width: 10, note: "note.lag" },
    { header: "应出日", path: ["due"], codec: codec.json, width: 36, note: "note.due" },
    { header: "内容", path: ["blocks"], codec: codec.jsonLines, width: 60, note: "note.blocks", required: true },
    TITLE[1]!,
  ],
});
