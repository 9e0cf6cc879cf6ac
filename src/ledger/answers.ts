import { column, isColumnId, type ColumnId, type InputId } from "../domain/columns.js";
import { headerKey, type HeaderMeaning } from "../domain/match-key.js";
import { DATE_ORDERS, type WrittenOrder } from "../domain/partial-date.js";
import { WorkbookError } from "../ooxml/workbook-error.js";
import { escapeXml } from "../ooxml/xml/escape.js";
import { attribute, childrenNamed, parseXml } from "../ooxml/xml/tree.js";

/** What people answered about a ledger's own headers, sheets and words; kept in the workbook. */
export interface Answers {
  /** What headers mean, by header text. */
  readonly mapping: ReadonlyMap<string, ColumnId>;
  /** Headers that mean none of the columns. */
  readonly notColumns: readonly string[];
  /** Columns that this ledger does not keep: 本台账不记结案时间. */
  readonly absent: readonly InputId[];
  /** What words of another system mean in a column. */
  readonly values: readonly ValueAnswer[];
  /** In which order columns write their dates, where a text alone does not tell: 3/4/2026. */
  readonly dates?: ReadonlyMap<InputId, WrittenOrder>;
  /** The sheet that is the ledger where several have one (客诉!E2 of two on one sheet); undefined: not answered. */
  readonly sheet?: string | undefined;
  /** The sheet that is 人员; blank: none of those there are. Undefined: not answered. */
  readonly people?: string | undefined;
}

export interface ValueAnswer {
  readonly column: InputId;
  /** As it stands in the cells. */
  readonly word: string;
  /** As the column writes it: 是, 未结, a level of the pack. */
  readonly means: string;
}

export const NO_ANSWERS: Answers = { mapping: new Map(), notColumns: [], absent: [], values: [] };

/**
 * `<headers xmlns="urn:tiaoli:headers"><map header="客诉日" column="receivedAt"/><not header="更新时间"/>
 * <absent column="closeAt"/><value column="caseStatus" word="挂起" means="未结"/><dates column="receivedAt" order="dmy"/>
 * <people sheet="通讯录"/></headers>`
 */
export const ANSWERS_NAMESPACE = "urn:tiaoli:headers";

export function formatAnswers({ mapping, notColumns, absent, values, dates, sheet, people }: Answers): string {
  const lines = [
    ...[...mapping].map(([header, id]) => `<map header="${escapeXml(header)}" column="${id}"/>`),
    ...notColumns.map((header) => `<not header="${escapeXml(header)}"/>`),
    ...absent.map((id) => `<absent column="${id}"/>`),
    ...values.map(
      ({ column: id, word, means }) => `<value column="${id}" word="${escapeXml(word)}" means="${escapeXml(means)}"/>`,
    ),
    ...[...(dates ?? [])].map(([id, order]) => `<dates column="${id}" order="${order}"/>`),
    ...(sheet === undefined ? [] : [`<ledger sheet="${escapeXml(sheet)}"/>`]),
    ...(people === undefined ? [] : [`<people sheet="${escapeXml(people)}"/>`]),
  ];
  return `<headers xmlns="${ANSWERS_NAMESPACE}">${lines.join("")}</headers>`;
}

/** Undefined if this XML holds no answers. What a later version may have added is left out. */
export function parseAnswers(xml: string): Answers | undefined {
  let root;
  try {
    ({ root } = parseXml(xml, "customXml"));
  } catch (error) {
    // Other programs' custom XML is none of our business, however broken.
    if (error instanceof WorkbookError) return undefined;
    throw error;
  }
  if (root.local !== "headers" || root.namespace !== ANSWERS_NAMESPACE) return undefined;
  const all = (name: string): Record<string, string>[] =>
    childrenNamed(root, name).map((element) =>
      Object.fromEntries(
        ["header", "column", "word", "means", "sheet", "order"].map((key) => [key, attribute(element, key) ?? ""]),
      ),
    );
  const mapping = new Map<string, ColumnId>();
  for (const { header, column: id } of all("map")) if (isColumnId(id!)) mapping.set(header!, id);
  const [people] = all("people");
  const [ledger] = all("ledger");
  const dates = all("dates").flatMap(({ column: id, order }): [InputId, WrittenOrder][] => {
    const known = DATE_ORDERS.find((one) => one === order);
    return isInputId(id!) && known !== undefined ? [[id, known]] : [];
  });
  return {
    mapping,
    notColumns: all("not").map(({ header }) => header!),
    absent: all("absent").flatMap(({ column: id }) => (isInputId(id!) ? [id] : [])),
    values: all("value").flatMap(({ column: id, word, means }) =>
      isInputId(id!) ? [{ column: id, word: word!, means: means! }] : [],
    ),
    ...(dates.length > 0 ? { dates: new Map(dates) } : {}),
    ...(ledger ? { sheet: ledger.sheet! } : {}),
    ...(people ? { people: people.sheet! } : {}),
  };
}

export function isInputId(id: string): id is InputId {
  return isColumnId(id) && column(id).role === "input";
}

/** What headers mean, by header key, as headers are compared; later answers go before earlier ones. */
export function meaningsByKey(
  ...answers: readonly Pick<Answers, "mapping" | "notColumns">[]
): Map<string, HeaderMeaning> {
  return new Map(
    answers.flatMap(({ mapping, notColumns }) => [
      ...notColumns.map((header) => [headerKey(header), "none"] as const),
      ...[...mapping].map(([header, id]) => [headerKey(header), id] as const),
    ]),
  );
}

/** Answers of several parts of a workbook as one. */
export function joinAnswers(parts: readonly Answers[]): Answers {
  const [first = NO_ANSWERS, ...rest] = parts;
  return rest.reduce(
    (all, more) => ({
      mapping: new Map([...all.mapping, ...more.mapping]),
      notColumns: [...all.notColumns, ...more.notColumns],
      absent: [...all.absent, ...more.absent],
      values: [...all.values, ...more.values],
      dates: new Map([...(all.dates ?? []), ...(more.dates ?? [])]),
      sheet: more.sheet ?? all.sheet,
      people: more.people ?? all.people,
    }),
    first,
  );
}

// ------------------------------------------------------------ giving an answer

/** One answer, as a press or an option gives it. */
export type Answer =
  | { readonly kind: "map"; readonly header: string; readonly column: ColumnId }
  /** The headers were read rightly. */
  | {
      readonly kind: "confirm";
      readonly columns: readonly { readonly header: string; readonly column: ColumnId }[];
    }
  /** Takes back what was said of a header. */
  | { readonly kind: "unmap"; readonly header: string }
  | { readonly kind: "not"; readonly header: string }
  | { readonly kind: "absent"; readonly column: InputId }
  | { readonly kind: "value"; readonly column: InputId; readonly word: string; readonly means: string }
  | { readonly kind: "dates"; readonly column: InputId; readonly order: WrittenOrder }
  | { readonly kind: "sheet"; readonly sheet: string }
  | { readonly kind: "people"; readonly sheet: string };

/** The answers with one more; it takes the place of what it contradicts. */
export function withAnswer(answers: Answers, answer: Answer): Answers {
  switch (answer.kind) {
    case "map":
    case "unmap":
    case "not": {
      const mapping = new Map([...answers.mapping].filter(([header]) => !isSame(header, answer.header)));
      const notColumns = answers.notColumns.filter((header) => !isSame(header, answer.header));
      if (answer.kind === "not") return { ...answers, mapping, notColumns: [...notColumns, answer.header] };
      if (answer.kind === "unmap") return { ...answers, mapping, notColumns };
      mapping.set(answer.header, answer.column);
      const absent = answers.absent.filter((id) => id !== answer.column);
      return { ...answers, mapping, notColumns, absent };
    }
    case "confirm":
      return answer.columns.reduce((all, one) => withAnswer(all, { kind: "map", ...one }), answers);
    case "absent":
      return { ...answers, absent: [...answers.absent.filter((id) => id !== answer.column), answer.column] };
    case "value": {
      const { column: id, word, means } = answer;
      const values = answers.values.filter((other) => other.column !== id || other.word !== word);
      return { ...answers, values: means === "" ? values : [...values, { column: id, word, means }] };
    }
    case "dates":
      return { ...answers, dates: new Map([...(answers.dates ?? []), [answer.column, answer.order]]) };
    case "sheet":
      return { ...answers, sheet: answer.sheet };
    case "people":
      return { ...answers, people: answer.sheet };
  }
}

function isSame(one: string, other: string): boolean {
  return one === other || headerKey(one) === headerKey(other);
}

export function sameAnswers(one: Answers, other: Answers): boolean {
  return formatAnswers(one) === formatAnswers(other);
}
