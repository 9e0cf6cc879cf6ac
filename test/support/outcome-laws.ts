/** What an outcome (`process --json`) may never say, whatever the workbook: nothing twice, nothing against itself. */

interface OutcomeJson {
  readonly rows: readonly {
    readonly row: number;
    readonly status?: string;
    readonly overdue?: boolean;
    readonly penalty?: string;
    readonly messages?: readonly string[];
  }[];
  readonly penalties: readonly { readonly complaintId: string; readonly state: string }[];
  readonly messages: readonly { readonly row?: number; readonly text: string }[];
}

/** Statuses by which a case is over, or nobody knows whether it is: such a row is not overdue. */
const NOT_OVERDUE: ReadonlySet<string> = new Set(["已结案", "待确认", "数据有误", "不成立", "处理中", "已转新单"]);
/** Statuses of rows of which nothing may be charged. */
const UNCHARGED: ReadonlySet<string> = new Set(["数据有误", "不成立"]);

export function contradictions({ rows, messages }: OutcomeJson): string[] {
  const general = messages.filter(({ row }) => row === undefined).map(({ text }) => text);
  return [
    ...general.filter((text, i) => general.indexOf(text) !== i).map((text) => `said twice: ${text}`),
    ...aboutOneColumn(general),
    ...rows.flatMap(({ row, status = "", overdue, penalty, messages: own = [] }) => [
      ...(overdue === true && NOT_OVERDUE.has(status) ? [`row ${row}: ${status} and overdue`] : []),
      ...(penalty !== undefined && UNCHARGED.has(status) ? [`row ${row}: ${status} and charged ${penalty}`] : []),
      ...own.filter((text, i) => own.indexOf(text) !== i).map((text) => `row ${row}: said twice: ${text}`),
    ]),
  ];
}

/** A column that is asked about is not said to be known. */
function aboutOneColumn(texts: readonly string[]): string[] {
  const known = texts.flatMap((text) => [...text.matchAll(/([^、：→]+)→/gu)].map(([, header = ""]) => header.trim()));
  const asked = texts.flatMap((text) =>
    text.includes("没有") && text.includes("：是“") ? [...text.matchAll(/是“([^”]+)”/gu)] : [],
  );
  return asked.flatMap(([, header = ""]) =>
    known.includes(header) ? [`“${header}” is asked about and said to be known`] : [],
  );
}
