import { process } from "../../src/process/process.js";
import { INPUT_COLUMNS } from "../../src/domain/columns.js";
import { parseIso } from "../../src/domain/wall-time.js";
import { readSettings } from "../../src/domain/side-tables/settings.js";
import type { Pack } from "../../src/rules/pack.js";
import type { Statutes } from "../../src/rules/statutes.js";
import type { Sentence } from "./sentences.js";

/** A sentence and what the product made of it; no `given` where it left the output open. */
export interface Judged extends Sentence {
  readonly given: string | undefined;
}

const RECEIVED = "2026-03-10 10:00";
const NOW = parseIso("2026-03-10T10:30")!;
const UNDECIDED = "待分类";

/**
 * Sends every sentence through the whole product as a row that has nothing but a time and the text, so that rules speak as
 * well as phrases. A subcategory is only right if the label it stands under was found as well.
 */
export function judge(sentences: readonly Sentence[], packs: ReadonlyMap<string, Pack>, statutes: Statutes): Judged[] {
  const columns = new Map(INPUT_COLUMNS.map(({ id, header }, index) => [id, { header, letter: `C${index}` }]));
  const byPack = groupBy(sentences, ({ pack }) => pack);
  return [...byPack].flatMap(([id, own]) => {
    const { settings } = readSettings({ sheet: "设置", headers: [], rows: [] });
    const { rows } = process({
      rows: own.map(({ text }, index) => ({ row: index + 2, cells: { receivedAt: RECEIVED, description: text } })),
      people: [],
      holidays: [],
      settings: { ...settings, defaultPack: id },
      packs,
      statutes,
      now: NOW,
      language: "zh",
      place: { sheet: "投诉台账", columns },
    });
    return own.map((sentence, index): Judged => {
      const given = rows[index]!.outputs[sentence.output];
      return { ...sentence, given: typeof given === "string" && given !== UNDECIDED ? given : undefined };
    });
  });
}

/** How many of some sentences were judged right. */
export interface Score {
  readonly right: number;
  readonly of: number;
}

export function scoreOf(judged: readonly Judged[]): Score {
  return { right: judged.filter(({ given, label }) => given === label).length, of: judged.length };
}

/** 0 to 1; nothing to judge counts as all right. */
export function share({ right, of }: Score): number {
  return of === 0 ? 1 : right / of;
}

/** Scores by a key of the sentences, in the order in which the keys first come. */
export function scoresBy(judged: readonly Judged[], key: (sentence: Judged) => string): Map<string, Score> {
  return new Map([...groupBy(judged, key)].map(([name, group]) => [name, scoreOf(group)]));
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
