import * as codec from "../codecs.js";
import type { SheetRow } from "../draft.js";
import { cellsOf, columnOf, EXACT_COLUMN, type Cells, type Field } from "../fields.js";
import { isList, isObject, wordOf, type DraftObject, type Json, type JsonObject } from "../json.js";
import { bilingual, CellFault } from "../problem.js";
import { SIDE_WORDS } from "../vocabulary.js";
import { CLAUSE, NOTE, PERIOD } from "./common.js";
import { CLASSIFIED } from "./event-fields.js";
import { entriesOf, placeEntry, readEntry, type Section } from "./section.js";

/** The labels that complaints are given (类别), and the words that speak for and against each (词). */

const FILE = "classification.json";
const SIDES = ["phrases", "counterPhrases"] as const;

/** Columns by which a word names its label. */
const KEY: readonly Field[] = [
  {
    header: "输出",
    path: ["output"],
    codec: codec.choice(CLASSIFIED),
    width: 12,
    note: "note.label-output",
    required: true,
  },
  { header: "标签", path: ["value"], codec: codec.text, width: 20, note: "note.label", required: true },
];
const WITHIN: readonly Field[] = [
  { header: "上级", path: ["within", "value"], codec: codec.text, width: 16, note: "note.within" },
];
const [FROM, TO] = PERIOD as readonly [Field, Field];

const LABEL_FIELDS: readonly Field[] = [
  ...KEY,
  ...WITHIN,
  {
    header: "上级输出",
    path: ["within", "output"],
    codec: codec.choice(CLASSIFIED),
    width: 12,
    note: "note.within-output",
  },
  CLAUSE,
  { header: "事实概念", path: ["concepts"], codec: codec.texts, width: 30, note: "note.concepts" },
  { header: "反面概念", path: ["counterConcepts"], codec: codec.texts, width: 20, note: "note.counter-concepts" },
  { header: "其他列的证据", path: ["context"], codec: codec.weighted, width: 40, note: "note.context" },
  { header: "基础分", path: ["bias"], codec: codec.number, width: 8, note: "note.bias" },
  FROM,
  TO,
  ...NOTE,
];
const LABEL_SHAPE = { fields: LABEL_FIELDS };

/** A label without its words, which stand on a sheet of their own. */
function withoutPhrases(label: Json): Json {
  if (!isObject(label)) return label;
  const counter = label["counterPhrases"];
  const kept = Object.entries(label).filter(
    ([key]) => key !== "phrases" && (key !== "counterPhrases" || !isList(counter) || counter.length === 0),
  );
  return Object.fromEntries(kept);
}

export const LABELS: Section = {
  name: "类别",
  about: bilingual("about.labels"),
  holds: [[FILE, "labels"]],
  columns: () => [...LABEL_FIELDS.map(columnOf), EXACT_COLUMN],
  rows: (files, context) =>
    entriesOf(files, FILE, "labels").map((label) => cellsOf(withoutPhrases(label), LABEL_SHAPE, context)),
  read(rows, draft, context) {
    for (const row of rows) {
      const label = readEntry(row, LABEL_SHAPE, draft, context);
      if (!isObject(label)) continue;
      placeEntry(draft, FILE, draft.push(FILE, "labels", { ...label, phrases: [] }), row, LABEL_FIELDS);
    }
  },
};

const WORD_FIELDS: readonly Field[] = [
  ...KEY,
  { header: "词", path: ["text"], codec: codec.text, width: 24, note: "note.word", required: true },
  { header: "权重", path: ["weight"], codec: codec.number, width: 8, note: "note.weight", required: true },
  { header: "方向", path: ["side"], codec: codec.choice(SIDE_WORDS), width: 8, note: "note.side", required: true },
  { header: "上级", path: ["within"], codec: codec.text, width: 16, note: "note.word-within" },
  { ...FROM, note: "note.word-from" },
];
const WORD_SHAPE = { fields: WORD_FIELDS };

export const WORDS_SHEET: Section = {
  name: "词",
  about: bilingual("about.words"),
  holds: [],
  columns: () => [...WORD_FIELDS.map(columnOf), EXACT_COLUMN],
  rows: (files, context) =>
    entriesOf(files, FILE, "labels").flatMap((label): Cells[] => {
      if (!isObject(label)) return [];
      return SIDES.flatMap((side) => {
        const list = label[side];
        if (!isList(list)) return [];
        return list.map((phrase) =>
          cellsOf({ ...keyOf(label), side, ...(isObject(phrase) ? phrase : {}) }, WORD_SHAPE, context),
        );
      });
    }),
  read(rows, draft, context) {
    // Labels have been read before their words.
    const labels = (draft.files.get(FILE)?.["labels"] ?? []) as DraftObject[];
    const index = new Map(labels.map((label, i) => [keyText(keyOf(label)), i]));
    for (const row of rows) {
      const read = readEntry(row, WORD_SHAPE, draft, context);
      if (!isObject(read)) continue;
      const { output, value, within, effectiveFrom, side, ...phrase } = read;
      const at = index.get(keyText({ output, value, within, effectiveFrom }));
      if (at === undefined) {
        draft.fault(
          row,
          "标签",
          new CellFault("fault.no-label", {
            label: wordOf(value),
            known: labels.map((label) => wordOf(label["value"])).join("、"),
          }),
        );
        continue;
      }
      addPhrase(labels[at]!, at, side as (typeof SIDES)[number], phrase, row);
    }

    function addPhrase(
      label: DraftObject,
      at: number,
      side: (typeof SIDES)[number],
      phrase: JsonObject,
      row: SheetRow,
    ): void {
      const list = (label[side] ??= []) as Json[];
      list.push(phrase);
      placeEntry(draft, FILE, ["labels", at, side, list.length - 1], row, WORD_FIELDS);
    }
  },
};

/** What tells a label from others: its output and value, what it is within, and from when it is in force. */
function keyOf(label: JsonObject): JsonObject {
  const { output = null, value = null, within, effectiveFrom } = label;
  const parent = isObject(within) ? within["value"] : undefined;
  return {
    output,
    value,
    ...(parent === undefined ? {} : { within: parent }),
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
  };
}

function keyText({ output, value, within, effectiveFrom }: { readonly [key: string]: Json | undefined }): string {
  return JSON.stringify([output ?? null, value ?? null, within ?? null, effectiveFrom ?? null]);
}
