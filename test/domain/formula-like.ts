/** Beginnings that spreadsheet programs take for a formula or a command. */
export const FORMULA_LIKE = [
  ...["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)", "﹦1", "﹣1", "\t=1", "\r=1", "\n=1", "\tx"],
  ...[" =1+1", "\u3000＝1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\u202e+1"],
] as const;

export const HARMLESS = ["", "张三", "1+1", "a=b", "a@b.cn", " 张三", "'=1", "（-1）", "A-01", "2026-03-02"] as const;

/** The fields of a CSV, as a spreadsheet program parts them. */
export function csvFields(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end !== ",") lines.push([]);
  }
  return lines.filter((line) => line.some((field) => field !== ""));
}
