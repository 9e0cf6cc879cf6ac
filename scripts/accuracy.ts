/**
 * Says how many of the sentences under test/fixtures/development-sentences the packs judge right, and writes the table
 * into docs/accuracy.md.
 *
 *   npx tsx scripts/accuracy.ts [--dry]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import prettier from "prettier";
import { loadAllPacks, STATUTES } from "../test/packs-folder.js";
import { judge, scoreOf, scoresBy, share, type Judged, type Score } from "./accuracy/measure.js";
import { allSentences } from "./accuracy/sentences.js";

const PAGE = join(import.meta.dirname, "../docs/accuracy.md");
const BEGIN = "<!-- accuracy:begin -->";
const END = "<!-- accuracy:end -->";
const NOTHING: Score = { right: 0, of: 0 };

function figure(score: Score): string {
  return score.of === 0 ? "–" : `${(share(score) * 100).toFixed(1)} % (${score.right}/${score.of})`;
}

function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headers, headers.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** One line for each key, with a column for the test sentences and one for those kept back. */
function compared(
  title: readonly string[],
  test: readonly Judged[],
  held: readonly Judged[],
  key: (one: Judged) => string,
): string {
  const left = scoresBy(test, key);
  const right = scoresBy(held, key);
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return table(
    [...title, "test", "held back"],
    names.map((name) => [...name.split("\t"), figure(left.get(name) ?? NOTHING), figure(right.get(name) ?? NOTHING)]),
  );
}

const judged = judge(
  allSentences().filter(({ split }) => split !== "train"),
  loadAllPacks(),
  STATUTES,
);
const test = judged.filter(({ split }) => split === "test");
const held = judged.filter(({ split }) => split === "held");
const tables = [
  compared(["all"], test, held, () => "all packs"),
  compared(["pack", "output"], test, held, ({ pack, output }) => `${pack}\t${output}`),
  compared(["pack", "output", "label"], test, held, ({ pack, output, label }) => `${pack}\t${output}\t${label}`),
  compared(["writer"], test, held, ({ writer }) => writer),
].join("\n\n");
console.log(tables);

const { values } = parseArgs({ options: { dry: { type: "boolean" } } });
if (!values.dry) {
  const page = readFileSync(PAGE, "utf8");
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error(`${PAGE} has no ${BEGIN} … ${END}`);
  const text = `${page.slice(0, from + BEGIN.length)}\n\n${tables}\n\n${page.slice(to)}`;
  const config = await prettier.resolveConfig(PAGE);
  writeFileSync(PAGE, await prettier.format(text, { ...config, filepath: PAGE }));
}
console.log(`\nall: test ${figure(scoreOf(test))}, held back ${figure(scoreOf(held))}`);
