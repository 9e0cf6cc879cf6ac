import * as codec from "../codecs.js";
import type { SheetRow, PackDraft } from "../draft.js";
import { cellsOf, columnOf, EXACT_COLUMN, type Cells, type Field } from "../fields.js";
import { isList, isObject, sameJson, type DraftObject, type Json } from "../json.js";
import { bilingual, CellFault } from "../problem.js";
import { COLUMN_WORDS, OTHERS_WORDS, STATED_WORDS, UNITS, Words } from "../vocabulary.js";
import { LISTED_COLUMNS } from "../../rules/lists.js";
import { CLAUSE, NOTE, optional, PERIOD } from "./common.js";
import { entriesOf, readEntry, type Section } from "./section.js";

/** Sheets with a row for each entry inside an entry: the dated values of a parameter, the values of a list. */

interface Grouped {
  readonly name: string;
  readonly about: Parameters<typeof bilingual>[0];
  readonly file: string;
  readonly key: string;
  /** The list inside the entry. */
  readonly inner: string;
  /** Columns of the entry itself, the first of which tells entries apart. */
  readonly own: readonly Field[];
  /** Columns of what is inside, by its own paths. */
  readonly items: readonly Field[];
  readonly order: (own: readonly Field[], items: readonly Field[]) => readonly Field[];
}

function groupedSection({ name, about, file, key, inner, own, items, order }: Grouped): Section {
  const nested = items.map((field) => ({ ...field, path: [inner, ...field.path] }));
  const fields = order(own, nested);
  const shape = { fields };
  return {
    name,
    about: bilingual(about),
    holds: [[file, key]],
    columns: () => [...fields.map(columnOf), EXACT_COLUMN],
    rows: (files, context) =>
      entriesOf(files, file, key).flatMap((entry): Cells[] => {
        const list = isObject(entry) ? entry[inner] : undefined;
        if (!isObject(entry) || !isList(list) || list.length === 0) return [cellsOf(entry, shape, context)];
        return list.map((item) => cellsOf({ ...entry, [inner]: item }, shape, context));
      }),
    read(rows, draft, context) {
      const known = new Map<Json, { readonly entry: DraftObject; readonly index: number; readonly first: SheetRow }>();
      for (const row of rows) {
        const read = readEntry(row, shape, draft, context);
        if (!isObject(read)) continue;
        const { [inner]: item, ...rest } = read;
        const by = rest[own[0]!.path[0]!] ?? "";
        let group = known.get(by);
        if (group === undefined) {
          const entry: DraftObject = { ...rest, ...(item === undefined ? {} : { [inner]: [] }) };
          const [, index] = draft.push(file, key, entry);
          group = { entry, index: Number(index), first: row };
          known.set(by, group);
          placeOwn(draft, file, [key, group.index], row, own);
        } else if (!agrees(rest, group.entry, own, row, draft)) continue;
        // An exact form may hold the whole list.
        if (isList(item) || item === undefined) {
          if (item !== undefined) group.entry[inner] = item;
          continue;
        }
        const values = group.entry[inner] as Json[];
        values.push(item);
        const at = [key, group.index, inner, values.length - 1];
        draft.place(file, at, row);
        for (const field of items) draft.place(file, [...at, ...field.path], row, field.header);
      }
    },
  };
}

function placeOwn(
  draft: PackDraft,
  file: string,
  at: readonly (string | number)[],
  row: SheetRow,
  own: readonly Field[],
): void {
  draft.place(file, at, row);
  for (const field of own) draft.place(file, [...at, ...field.path], row, field.header);
}

/** What rows of one entry say of the entry itself has to be the same; blank says nothing. */
function agrees(
  rest: DraftObject,
  entry: DraftObject,
  own: readonly Field[],
  row: SheetRow,
  draft: PackDraft,
): boolean {
  const other = own.find(({ path: [first = ""] }) => rest[first] !== undefined && !sameJson(rest[first], entry[first]));
  if (!other) return true;
  draft.fault(
    row,
    other.header,
    new CellFault("fault.disagrees", { header: other.header, name: String(row.cells.get(own[0]!.header)) }),
  );
  return false;
}

const NAME: Field = {
  header: "参数",
  path: ["name"],
  codec: codec.text,
  width: 22,
  note: "note.parameter",
  required: true,
};

export const PARAMETERS = groupedSection({
  name: "参数",
  about: "about.parameters",
  file: "parameters.json",
  key: "parameters",
  inner: "values",
  own: [
    NAME,
    { header: "标题", path: ["title", "zh"], codec: codec.text, width: 28, note: "note.title" },
    { header: "单位", path: ["unit"], codec: codec.choice(UNITS), width: 9, note: "note.unit" },
    { header: "标题（英文）", path: ["title", "en"], codec: codec.text, width: 28, note: "note.title-en" },
  ],
  items: [
    {
      header: "值",
      path: ["value"],
      codec: codec.parameterValue,
      width: 36,
      note: "note.parameter-value",
      required: true,
    },
    ...PERIOD,
    {
      header: "来源",
      path: ["source", "stated"],
      codec: codec.yesNo(STATED_WORDS),
      width: 8,
      note: "note.stated",
      required: true,
    },
    { ...CLAUSE, path: ["source"], codec: codec.sourceClause },
    ...NOTE.map((field) => ({ ...field, path: ["source", ...field.path] })),
  ],
  order: ([name, title, unit, english], [value, from, to, stated, clause, note, noteEn]) => [
    name!,
    title!,
    value!,
    unit!,
    from!,
    to!,
    stated!,
    clause!,
    note!,
    english!,
    noteEn!,
  ],
});

const LISTED = new Words(Object.fromEntries(LISTED_COLUMNS.map((id) => [id, COLUMN_WORDS.word(id)])));

export const LISTS = groupedSection({
  name: "取值",
  about: "about.lists",
  file: "lists.json",
  key: "lists",
  inner: "values",
  own: [
    {
      header: "列",
      path: ["column"],
      codec: codec.choice(LISTED),
      width: 14,
      note: "note.list-column",
      required: true,
    },
    ...optional([CLAUSE]),
    { header: "视为空白", path: ["blanks"], codec: codec.texts, width: 18, note: "note.blanks" },
    { header: "可写次数", path: ["counted"], codec: codec.yesNo(), width: 10, note: "note.counted" },
    { header: "其他写法", path: ["others"], codec: codec.choice(OTHERS_WORDS), width: 14, note: "note.others" },
    ...NOTE,
  ],
  items: [
    { header: "取值", path: ["label"], codec: codec.text, width: 26, note: "note.listed", required: true },
    { header: "同义写法", path: ["synonyms"], codec: codec.texts, width: 40, note: "note.synonyms" },
  ],
  order: ([column, ...rest], items) => [column!, ...items, ...rest],
});
