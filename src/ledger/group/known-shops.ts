import { headerKey } from "../../domain/match-key.js";
import type { LedgerSnapshot } from "../port.js";

/** The workbooks that 分店 lists, name by file, as the last run left it. */
export function knownShops({ sideTables }: Pick<LedgerSnapshot, "sideTables">): ReadonlyMap<string, string> {
  const table = sideTables.get("GroupShops");
  if (!table) return new Map();
  const at = (header: string): number =>
    table.headers.findIndex((found) => headerKey(found.header) === headerKey(header));
  const [source, file] = [at("来源工作簿"), at("文件")];
  return new Map(
    table.rows.flatMap(({ cells }) => {
      const [name, path] = [cells[source], cells[file]];
      return typeof path === "string" && path !== "" && typeof name === "string" ? [[path, name] as const] : [];
    }),
  );
}
