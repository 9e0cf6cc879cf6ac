import { conceptOf, CONCEPT_NAMES } from "../../rules/concepts.js";
import { clause as clauseCodec } from "../../rules-sheets/codecs.js";
import { formatLike } from "../../rules-sheets/format-like.js";
import { isObject, type Json, type JsonObject } from "../../rules-sheets/json.js";
import { STAGE_WORDS } from "../../rules-sheets/vocabulary.js";
import type { Pack } from "../../rules/pack.js";
import type { PackTexts } from "../catalogue.js";
import type { Answers, CategoryAnswer, LimitAnswer, PenaltyAnswer } from "./questionnaire.js";

/** A pack from the answers of a questionnaire: every figure a parameter with its source, a rule for each line. */

type Text = { readonly zh: string; readonly en?: string };

/** A text as the regulation has it. What nobody has said in English has none: it is optional everywhere. */
function worded(zh: string, en?: string): Text {
  return en === undefined ? { zh } : { zh, en };
}

const ALWAYS: Json = { all: [{ fact: "always", operator: "equal", value: true }] };

/** Concepts by which labels of that name are found in packs that are there already. */
export type KnownConcepts = ReadonlyMap<string, readonly string[]>;

/** The pack of no trade in particular: what its labels are told by fits any other. */
const GENERAL = "general";

/** The concepts that packs use for their labels, by label; those of the general pack go before those of a trade. */
export function knownConcepts(packs: Iterable<Pack>): KnownConcepts {
  const known = new Map<string, readonly string[]>();
  const ordered = [...packs].sort((a, b) => Number(b.header.id === GENERAL) - Number(a.header.id === GENERAL));
  for (const { labels } of ordered)
    for (const { value, concepts } of labels) if (concepts && !known.has(value)) known.set(value, concepts);
  return known;
}

/** How complaints of a category are told: by concepts of the lexicon, and by words of its own where none knows them. */
export interface Recognition {
  readonly concepts: readonly string[];
  readonly words: readonly string[];
}

/** Concepts that packs have for this label, and those that hold one of its words; what nobody knows stays a word. */
export function recognitionOf({ label, words }: CategoryAnswer, known: KnownConcepts): Recognition {
  const found = new Set(known.get(label) ?? []);
  const own: string[] = [];
  for (const word of words) {
    const holding = CONCEPT_NAMES.find((name) => {
      const concept = conceptOf(name);
      return concept?.kind === "matter" && concept.phrases.some(({ text }) => text === word);
    });
    if (holding === undefined) own.push(word);
    else found.add(holding);
  }
  return { concepts: [...found], words: found.size + own.length === 0 ? [label] : own };
}

/** The files of the pack without cases. Throws `CellFault` where a clause is none. */
export function makePack(id: string, answers: Answers, known: KnownConcepts): PackTexts {
  const maker = new PackMaker(answers, known);
  const files: Record<string, Json | undefined> = {
    "pack.json": maker.header(id),
    "parameters.json": maker.parameters(),
    "lists.json": maker.lists(),
    "classification.json": maker.classification(),
    "responsibility.json": maker.responsibility(),
    "deadlines.json": maker.deadlines(),
    "penalties.json": maker.penalties(),
  };
  const texts: Record<string, string> = {};
  for (const [path, content] of Object.entries(files))
    if (content !== undefined) texts[path] = formatLike(content, undefined);
  texts["README.md"] = `# ${answers.name}（${id}）\n\n${answers.document}\n`;
  return texts;
}

export function limitId({ stage, place }: LimitAnswer): string {
  return `${kebab(stage)}-limit${place === undefined ? "" : `-${place}`}`;
}

/** The rule that asks about a place of which nobody can say whether it is at home. */
export const PLACE_ASKED = "place-is-asked-about";

function limitParameter({ stage, place }: LimitAnswer): string {
  return `${stage}Limit${place === undefined ? "" : place === "home" ? "Home" : "Abroad"}`;
}

function limitTitle({ stage, place }: LimitAnswer): Text {
  const zh = place === undefined ? "" : place === "home" ? "（国内）" : "（国外）";
  return worded(`${STAGE_WORDS.word(stage)}期限${zh}`, `Limit: ${stage}${place === undefined ? "" : `, ${place}`}`);
}

export function penaltyId(index: number): string {
  return `penalty-${index + 1}`;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

class PackMaker {
  constructor(
    private readonly answers: Answers,
    private readonly known: KnownConcepts,
  ) {}

  private clause(text: string): JsonObject {
    const value = clauseCodec.read(text, { document: this.answers.document, titles: new Map() });
    return isObject(value) ? value : {};
  }

  header(id: string): Json {
    const { name, document, from, clauses, limits } = this.answers;
    return {
      $schema: "../schema/pack.schema.json",
      id,
      title: worded(name),
      version: "1.0.0",
      source: { document, title: worded(name) },
      ...(from === undefined ? {} : { effectiveFrom: from }),
      stages: [...new Set(limits.map(({ stage }) => stage))],
      clauses: clauses.map(({ clause, title, reason }) => {
        const { document: own, ...rest } = this.clause(clause);
        return {
          ...(own === document || own === undefined ? {} : { document: own }),
          ...rest,
          title: worded(title),
          ...(reason === undefined ? {} : { reason: worded(reason) }),
        };
      }),
    };
  }

  parameters(): Json {
    const { limits, penalties } = this.answers;
    const parameter = (
      name: string,
      title: Text,
      unit: string,
      value: number,
      clause: string,
      stated: boolean,
    ): Json => ({
      name,
      title,
      unit,
      values: [{ value, source: { ...this.clause(clause), stated } }],
    });
    return {
      $schema: "../schema/parameters.schema.json",
      parameters: [
        ...limits.flatMap((limit): Json[] => {
          const [unit, value] = Object.entries(limit.length as JsonObject)[0] ?? [];
          if (unit === undefined || typeof value !== "number") return [];
          return [parameter(limitParameter(limit), limitTitle(limit), unit, value, limit.clause, limit.stated)];
        }),
        ...penalties.map((answer, i) => {
          const unit = answer.amount.of === "fixed" ? "yuan" : "percent";
          return parameter(
            `penalty${i + 1}`,
            worded(occasionText(answer)),
            unit,
            answer.amount.value,
            answer.clause,
            answer.stated,
          );
        }),
      ],
    };
  }

  lists(): Json | undefined {
    const kinds = this.answers.penalties.flatMap(({ when, clause }) =>
      when.kind === "misconduct" ? [{ what: when.what, clause }] : [],
    );
    const [first] = kinds;
    if (!first) return undefined;
    const values = [...new Set(kinds.map(({ what }) => what))].map((label) => ({ label }));
    return {
      $schema: "../schema/lists.schema.json",
      lists: [{ column: "misconduct", clause: this.clause(first.clause), values }],
    };
  }

  classification(): Json | undefined {
    const { categories } = this.answers;
    if (categories.length === 0) return undefined;
    return {
      $schema: "../schema/classification.schema.json",
      minimum: 0.5,
      lead: 1,
      labels: categories.map((category) => {
        const { concepts, words } = recognitionOf(category, this.known);
        return {
          output: "category",
          value: category.label,
          clause: this.clause(category.clause),
          ...(concepts.length > 0 ? { concepts } : {}),
          phrases: words.map((text) => ({ text, weight: 2 })),
        };
      }),
    };
  }

  responsibility(): Json | undefined {
    const rules = this.answers.categories.flatMap(({ label, clause, handler }, i): Json[] =>
      handler === undefined
        ? []
        : [
            {
              id: `handler-${i + 1}`,
              clause: this.clause(clause),
              title: worded(`${label}由${handler}承办`),
              conditions: { all: [{ fact: "category", operator: "equal", value: label }] },
              event: { type: "assign", params: { output: "handler", value: handler } },
            },
          ],
    );
    return rules.length === 0 ? undefined : { $schema: "../schema/rules.schema.json", rules };
  }

  deadlines(): Json {
    const { limits } = this.answers;
    const placed = limits.find(({ place }) => place !== undefined);
    return {
      $schema: "../schema/rules.schema.json",
      rules: [
        ...limits.map((limit) => {
          const { stage, place, length, clause, from } = limit;
          const params = { stage, from: [from], limit: byParameter(length, limitParameter(limit)) };
          return {
            id: limitId(limit),
            clause: this.clause(clause),
            title: limitTitle(limit),
            conditions:
              place === undefined
                ? ALWAYS
                : { all: [{ fact: "abroad", operator: "equal", value: place === "abroad" }] },
            event: { type: "deadline", params },
          };
        }),
        ...(placed ? [this.placeAsked(placed)] : []),
      ],
    };
  }

  /** Without it a complaint from a place on no list would have no limit, and nobody would know why. */
  private placeAsked({ clause }: LimitAnswer): Json {
    return {
      id: PLACE_ASKED,
      clause: this.clause(clause),
      title: worded("分不清的地区要问清", "A place on no list is asked about"),
      conditions: {
        all: [
          { fact: "region", operator: "isPresent", value: true },
          { fact: "place", operator: "isPresent", value: false },
        ],
      },
      event: {
        type: "message",
        params: {
          level: "warning",
          text: worded(
            "“地区”写的“{region}”分不清是国内还是国外，请写明国内、国外或具体的省市、国家；写明以前没有期限",
            "It is not clear whether {region} lies at home or abroad: write 国内, 国外 or the province, city or country; until then there is no limit",
          ),
          column: "region",
        },
      },
    };
  }

  penalties(): Json | undefined {
    const { penalties } = this.answers;
    if (penalties.length === 0) return undefined;
    return {
      $schema: "../schema/penalties.schema.json",
      rules: penalties.map((answer, i) => ({
        id: penaltyId(i),
        clause: this.clause(answer.clause),
        title: worded(occasionText(answer)),
        conditions: { all: [{ fact: "upheld", operator: "equal", value: true }, occasionCondition(answer)] },
        event: {
          type: "penalty",
          params: {
            kind: answer.type,
            reason: occasionText(answer).slice(0, MOST_REASON),
            subject: { who: answer.who },
            amount: amountJson(answer, `penalty${i + 1}`),
          },
        },
      })),
    };
  }
}

/** Characters of 事由. */
const MOST_REASON = 60;

function byParameter(length: LimitAnswer["length"], parameter: string): Json {
  const [unit, value] = Object.entries(length as JsonObject)[0] ?? [];
  return unit !== undefined && typeof value === "number" ? { [unit]: { parameter } } : length;
}

export function occasionText({ when }: PenaltyAnswer): string {
  if (when.kind === "category") return when.label;
  return when.kind === "misconduct" ? when.what : `${STAGE_WORDS.word(when.stage)}逾期`;
}

function occasionCondition({ when }: PenaltyAnswer): Json {
  if (when.kind === "category") return { fact: "category", operator: "equal", value: when.label };
  if (when.kind === "misconduct") return { fact: "misconductListed", operator: "contains", value: when.what };
  return { fact: "lateStages", operator: "contains", value: when.stage };
}

function amountJson({ amount, who }: PenaltyAnswer, parameter: string): Json {
  if (amount.of === "fixed") return { formula: "fixed", amount: { parameter } };
  if (amount.of === "bonus") return { formula: "percent-of-bonus", rate: { parameter } };
  // What a unit bears is shared among its members.
  const formula = who === "unit" ? "share-by-base-points" : "percent-of-base";
  return { formula, base: "loss", rate: { parameter } };
}
