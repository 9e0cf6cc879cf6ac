import { readFileSync, writeFileSync } from "node:fs";
import { MINIMUM, OPTIONAL, REQUIREMENTS } from "../src/ledger/excel/requirements.js";
import { usedMembers, type UsedMember } from "./excel-api/used-members.js";

/** The table in docs/excel-versions.md: every member of Excel's object model that the program uses, by its API set. */
const PAGE = "docs/excel-versions.md";
const BEGIN = "<!-- members: made from the sources by `npm run excel-page` -->";
const END = "<!-- end of members -->";

/** The page with its table made anew; the rest stays. */
export function excelPage(page: string, members: readonly UsedMember[]): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${PAGE} has lost the marks of its table of members`);
  return page.slice(0, begin + BEGIN.length) + membersTable(members) + page.slice(end);
}

function membersTable(members: readonly UsedMember[]): string {
  const bySet = new Map<string, UsedMember[]>();
  for (const member of members) {
    if (member.set === undefined || member.version === undefined) continue;
    const set = `${member.set} ${member.version}`;
    bySet.set(set, [...(bySet.get(set) ?? []), member]);
  }
  const order = (set: string): number => Number(set.replace(/^.* 1\./, "")) + (set.startsWith("ExcelApi") ? 0 : 100);
  const rows = [...bySet].sort(([a], [b]) => order(a) - order(b)).map(([set, used]) => row(set, used));
  return ["", "| 要求集 set | 保证 ensured by | 为什么 why | 成员 members |", "|---|---|---|---|", ...rows, ""].join(
    "\n",
  );
}

function row(set: string, used: readonly UsedMember[]): string {
  const version = set.replace(/^\w+ /, "");
  const optional = OPTIONAL.find((one) => one.version === version);
  const reason = [...REQUIREMENTS, ...OPTIONAL].find((one) => one.version === version)?.reason ?? "";
  const ensured = optional && set.startsWith("ExcelApi") ? "运行时判断 at run time" : "清单 manifest";
  const names = used.map(({ name }) => `\`${name}\``).join(" ");
  return `| ${set} | ${ensured} | ${set.startsWith("ExcelApi") ? reason : ""} | ${names} |`;
}

if (process.argv[1]?.endsWith("build-excel-page.ts")) {
  writeFileSync(PAGE, excelPage(readFileSync(PAGE, "utf8"), usedMembers().members));
  console.log(`${PAGE}: ExcelApi ${MINIMUM}`);
}
