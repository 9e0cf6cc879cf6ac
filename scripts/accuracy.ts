/**
 * Says how many of the sentences that nothing was learned from the packs judge right, and writes the tables into
 * docs/accuracy.md.
 *
 *   npx tsx scripts/accuracy.ts [--dry]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import prettier from "prettier";
import { loadAllPacks, STATUTES } from "../test/packs-folder.js";
import { judge, scoreOf, scoresBy, share, type Judged, type Score } from "./accuracy/measure.js";
import { UNSEEN } from "./accuracy/lessons.js";
import { allSentences } from "./accuracy/sentences.js";

const PAGE = join(import.meta.dirname, "../docs/accuracy.md");
const BEGIN = "<!-- accuracy:begin -->";
const END = "<!-- accuracy:end -->";

function figure(score: Score): string {
  return score.of === 0 ? "–" : `${(share(score) * 100).toFixed(1)} % (${score.right}/${score.of})`;
}

function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headers, headers.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** One line for each key. */
function counted(title: readonly string[], judged: readonly Judged[], key: (one: Judged) => string): string {
  return table(
    [...title, "right"],
    [...scoresBy(judged, key)].map(([name, score]) => [...name.split("\t"), figure(score)]),
  );
}

const unseen = judge(
  allSentences().filter(({ writer }) => UNSEEN.test(writer)),
  loadAllPacks(),
  STATUTES,
);
const tables = [
  counted(["writer"], unseen, ({ writer }) => writer),
  counted(["pack", "output"], unseen, ({ pack, output }) => `${pack}\t${output}`),
  counted(["pack", "output", "label"], unseen, ({ pack, output, label }) => `${pack}\t${output}\t${label}`),
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
console.log(`\nall: ${figure(scoreOf(unseen))}`);
