// Says whether a pivot table that LibreOffice has counted anew shows an expected grand total.
//   node pivot-total.mjs SHEET.csv FIRST-COLUMN EXPECTED
// The sheet is a csv file as LibreOffice writes it; pivots stand side by side from FIRST-COLUMN (1 = A) on.
import { readFileSync } from "node:fs";

const [file, first, expected] = process.argv.slice(2);
const rows = readFileSync(file, "utf8").split(/\r?\n/).map(cells);
// Our own cells say 合计: only what LibreOffice wrote itself counts as alive.
const captions = new Set(["Total Result", "总计结果", "合计 结果", "总和 结果"]);
const totals = [];
for (const row of rows)
  row.forEach((cell, at) => {
    if (at < Number(first) - 1 || !captions.has(cell)) return;
    let total;
    for (const value of row.slice(at + 1)) {
      if (value !== "" && !/^\d+$/.test(value)) break;
      if (value !== "") total = Number(value);
      else if (total !== undefined && row.indexOf(value, at) > at + 40) break;
    }
    if (total !== undefined) totals.push(total);
  });
if (totals.length === 0 || !totals.includes(Number(expected))) {
  console.error(`${file}: no pivot counted by LibreOffice has the grand total ${expected}; found ${totals.join(", ") || "none"}`);
  process.exit(1);
}
console.log(`pivot grand total ${expected}, as in the figures`);

function cells(line) {
  const out = [];
  for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    out.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
  return out;
}
