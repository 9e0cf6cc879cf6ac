import { addAll } from "../domain/grouping.js";
import { COLUMNS } from "../domain/columns.js";
import { listedKey, type ValueList } from "../domain/listed-values.js";
import { sha256Hex } from "../domain/sha256.js";
import { canonicalJson } from "./canonical-json.js";
import { caseFileSchema, type CaseFile } from "./case-schema.js";
import { ConditionCheck } from "./condition-check.js";
import {
  lineOf,
  memberOf,
  nodeAt,
  problemAt,
  readJson,
  type JsonPath,
  type JsonSource,
  type Node,
  type ProblemParams,
} from "./json-source.js";
import { FILE_SCHEMAS } from "./file-schemas.js";
import { labelProblems } from "./label-check.js";
import { fitsPieces, pieceProblem } from "./learned.js";
import { nearest } from "./nearest.js";
import { numberingProblem } from "./numbering-check.js";
import { CONCERNS, type Concern } from "./events/kinds.js";
import { expandTables, type TableRowPlace } from "./decision-table.js";
import type {
  Cap,
  ClassificationFile,
  DecisionTable,
  Label,
  LearnedFile,
  PackList,
  PackHeader,
  Parameter,
  Rule,
} from "./pack-schema.js";
import type { TopCondition } from "./schema-parts.js";
import type { ListedColumn, PackLists } from "./lists.js";
import type { Pack, PlacedRule } from "./pack.js";
import type { PackProblem } from "./pack-problem.js";
import { isRealDate, parameterProblems } from "./parameter-check.js";
import type { PackReport } from "./report-schema.js";
import { RuleCheck, type PackFrame } from "./rule-check.js";
import { shapeProblems } from "./shape-check.js";
import { readSignature, SIGNATURE_FILE, type SignatureFile } from "./signature.js";

/** Rules and labels together. */
export const MOST_RULES = 5000;
/** Characters of all files of a pack together. */
export const MOST_CHARACTERS = 5 * 1024 * 1024;

const CASE_FILE = /^cases\/[^/]+\.json$/;
/** All files of a pack but its cases and the signature itself. */
const RULE_PATHS = Object.keys(FILE_SCHEMAS)
  .filter((path) => path !== SIGNATURE_FILE)
  .sort();
const RULE_FILES = CONCERNS.map((concern) => ({ concern, path: `${concern}.json` as const }));

interface ParametersFile {
  readonly parameters: readonly Parameter[];
}

/** What a rule file may hold, all concerns together. */
interface RuleFile {
  readonly conditions?: Readonly<Record<string, TopCondition>>;
  readonly rules?: readonly Rule[];
  readonly tables?: readonly DecisionTable[];
  readonly labels?: readonly Label[];
  readonly caps?: readonly Cap[];
}

/**
 * Loads a rule pack from the texts of its files. `folder` is the pack's folder name; `files` maps paths inside it
 * (`penalties.json`, `cases/closing.json`) to contents. A pack is loaded whole or not at all: with any problem nothing
 * of it is returned. Problems name file, line, column and, inside a rule, the rule; `problemText` turns them into
 * sentences. Nothing in a file is ever run.
 */
export function loadPack(
  folder: string,
  files: ReadonlyMap<string, string>,
): { pack: Pack } | { problems: PackProblem[] } {
  const loader = new PackLoader(folder, files);
  const pack = loader.load();
  const problems = inOrder(loader.problems);
  return pack && problems.length === 0 ? { pack } : { problems };
}

/** By file, then by place, so that a list of problems reads from the top. */
function inOrder(problems: readonly PackProblem[]): PackProblem[] {
  return [...problems].sort(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}

class PackLoader {
  readonly problems: PackProblem[] = [];
  private readonly sources = new Map<string, JsonSource>();

  constructor(
    private readonly folder: string,
    private readonly files: ReadonlyMap<string, string>,
  ) {}

  /** Each step needs what the one before has found in order; undefined as soon as one has found a problem. */
  load(): Pack | undefined {
    this.checkFileNames();
    if (this.tooLarge()) return undefined;
    this.readFiles();
    if (this.problems.length > 0 || this.tooManyRules()) return undefined;
    this.checkShapes();
    if (this.problems.length > 0) return undefined;
    return this.assemble();
  }

  private name(path: string): string {
    return `${this.folder}/${path}`;
  }

  private report(path: string, at: JsonPath, code: string, params: ProblemParams): void {
    const source = this.sources.get(path)!;
    this.problems.push(problemAt(source, nodeAt(source.root, at), code, params));
  }

  private checkFileNames(): void {
    const known = Object.keys(FILE_SCHEMAS);
    if (!this.files.has("pack.json"))
      this.problems.push({ file: this.name("pack.json"), code: "no-pack-file", params: {} });
    for (const path of this.files.keys()) {
      if (path === "README.md" || known.includes(path) || CASE_FILE.test(path)) continue;
      const near = nearest(path, known);
      const params = { name: path, ...(near !== undefined && { nearest: near }) };
      this.problems.push({ file: this.name(path), code: "unknown-file", params });
    }
  }

  private tooLarge(): boolean {
    let size = 0;
    for (const [path, text] of this.files) {
      size += text.length;
      if (size <= MOST_CHARACTERS) continue;
      this.problems.push({ file: this.name(path), code: "too-large", params: { most: MOST_CHARACTERS / 1024 / 1024 } });
      return true;
    }
    return false;
  }

  private readFiles(): void {
    for (const [path, text] of this.files) {
      if (!path.endsWith(".json")) continue;
      const source = readJson(this.name(path), text);
      if ("problems" in source) addAll(this.problems, source.problems);
      else this.sources.set(path, source);
    }
  }

  private tooManyRules(): boolean {
    let count = 0;
    for (const { path } of RULE_FILES) {
      const source = this.sources.get(path);
      if (!source) continue;
      const listed = (node: Node, list: string): readonly Node[] => memberOf(node, list)?.children?.[1]?.children ?? [];
      count += listed(source.root, "rules").length + listed(source.root, "labels").length;
      for (const table of listed(source.root, "tables")) count += listed(table, "rows").length;
      if (count <= MOST_RULES) continue;
      this.report(path, ["rules"], "too-many-rules", { most: MOST_RULES });
      return true;
    }
    return false;
  }

  private checkShapes(): void {
    for (const [path, schema] of Object.entries(FILE_SCHEMAS)) {
      const source = this.sources.get(path);
      if (source) addAll(this.problems, shapeProblems(source, schema));
    }
    for (const [path, source] of this.sources) {
      if (CASE_FILE.test(path)) addAll(this.problems, shapeProblems(source, caseFileSchema));
    }
  }

  /** A file's content; its shape has been checked against the schema from which its type is inferred. */
  private value(path: string): unknown {
    return this.sources.get(path)?.value;
  }

  private assemble(): Pack {
    const header = this.value("pack.json") as PackHeader;
    this.checkHeader(header);
    const parameters = (this.value("parameters.json") as ParametersFile | undefined)?.parameters ?? [];
    const parameterSource = this.sources.get("parameters.json");
    if (parameterSource) addAll(this.problems, parameterProblems(parameterSource, parameters));
    const lists = this.readLists();
    const frame: PackFrame = {
      parameters: new Map(parameters.map((parameter) => [parameter.name, parameter])),
      lists,
      stages: header.stages,
      from: header.effectiveFrom,
      ids: new Map(),
    };
    const rules: PlacedRule[] = [];
    const labels: Label[] = [];
    const caps: Cap[] = [];
    for (const { concern, path } of RULE_FILES) {
      const source = this.sources.get(path);
      if (!source) continue;
      const found = this.readRules(source, concern, frame);
      addAll(rules, found.rules);
      addAll(labels, found.labels);
      addAll(caps, found.caps);
    }
    const { texts, negations, minimum, lead } = (this.value("classification.json") ?? {}) as ClassificationFile;
    this.checkTexts(texts);
    const labelSource = this.sources.get("classification.json");
    if (labelSource) addAll(this.problems, labelProblems(labelSource, labels, rules));
    const cases = this.checkCases(frame.ids);
    return {
      header,
      parameters: frame.parameters,
      lists,
      rules,
      labels,
      classification: {
        ...(texts && { texts }),
        ...(negations && { negations }),
        ...(minimum !== undefined && { minimum }),
        ...(lead !== undefined && { lead }),
      },
      learned: this.readLearned(labels),
      caps,
      reports: this.readReports(),
      cases,
      hash: this.hash(),
      ...this.readSignature(),
    };
  }

  /** Learned weights are of labels the pack has, and as many as their pieces ask for. */
  private readLearned(labels: readonly Label[]): LearnedFile["models"] {
    const { models = [] } = (this.value("learned.json") ?? {}) as Partial<LearnedFile>;
    const broken = pieceProblem(models);
    if (broken) {
      const { model, code, most } = broken;
      this.report("learned.json", ["models", model, "pieces"], code, { most });
      return models;
    }
    models.forEach((model, i) => {
      if (models.findIndex(({ output, within }) => output === model.output && within === model.within) < i)
        this.report("learned.json", ["models", i], "learned-twice", { output: model.output });
      const own = labels.filter(({ output, within }) => output === model.output && within?.value === model.within);
      const unknown = model.labels.find((value) => !own.some((label) => label.value === value));
      if (unknown !== undefined)
        this.report("learned.json", ["models", i, "labels"], "learned-label", { label: unknown, output: model.output });
      else if (!fitsPieces(model)) this.report("learned.json", ["models", i, "weights"], "learned-weights", {});
    });
    return models;
  }

  private readRules(
    source: JsonSource,
    concern: Concern,
    frame: PackFrame,
  ): { rules: PlacedRule[]; labels: Label[]; caps: Cap[] } {
    const file = source.value as RuleFile;
    const conditions = new ConditionCheck(source, file.conditions ?? {}, frame.parameters, frame.lists);
    const check = new RuleCheck(source, conditions, frame);
    const labels = (file.labels ?? []).map((label, i) => check.label(label, ["labels", i]));
    const tables = expandTables(source, file.tables ?? []);
    addAll(this.problems, tables.problems);
    const written = [
      ...(file.rules ?? []).map((rule, i): { rule: Rule; at: JsonPath; table?: TableRowPlace } => ({
        rule,
        at: ["rules", i],
      })),
      ...tables.rows,
    ];
    const rules = written.map(({ rule, at, table }): PlacedRule => ({
      concern,
      rule: check.rule(rule, concern, at),
      file: source.file,
      line: lineOf(source, nodeAt(source.root, at)),
      ...(table && { table }),
    }));
    const caps = (file.caps ?? []).map((cap, i) => check.cap(cap, ["caps", i]));
    addAll(this.problems, conditions.problems);
    addAll(this.problems, check.problems);
    return { rules, labels, caps };
  }

  private checkHeader(header: PackHeader): void {
    const report = (at: JsonPath, code: string, params: ProblemParams): void => {
      this.report("pack.json", at, code, params);
    };
    if (header.id !== this.folder) report(["id"], "id-not-folder", { id: header.id, folder: this.folder });
    if (header.effectiveFrom !== undefined && !isRealDate(header.effectiveFrom)) {
      report(["effectiveFrom"], "bad-date", { key: "effectiveFrom", value: header.effectiveFrom });
    }
    header.stages.forEach((stage, i) => {
      if (header.stages.indexOf(stage) !== i) report(["stages", i], "duplicate-stage", { stage });
    });
    if (header.numbering) {
      const { pattern, period } = header.numbering;
      const wrong = numberingProblem(pattern, period);
      if (wrong) report(["numbering", "pattern"], wrong.code, { pattern, ...wrong.params });
    }
  }

  private checkTexts(texts: ClassificationFile["texts"]): void {
    texts?.forEach(({ column }, i) => {
      const kind = COLUMNS.find(({ id }) => id === column)?.kind;
      if (kind !== "text") this.report("classification.json", ["texts", i, "column"], "not-a-text", { column });
    });
  }

  private checkCases(ids: ReadonlyMap<string, string>): Pack["cases"] {
    const cases: { file: string; content: CaseFile }[] = [];
    for (const [path, source] of this.sources) {
      if (!CASE_FILE.test(path)) continue;
      const content = source.value as CaseFile;
      cases.push({ file: source.file, content });
      content.cases.forEach(({ now, expect }, i) => {
        const day = now.slice(0, 10);
        if (!isRealDate(day)) this.report(path, ["cases", i, "now"], "bad-date", { key: "now", value: now });
        for (const list of ["fires", "silent"] as const) {
          (expect[list] ?? []).forEach((id, j) => {
            if (ids.has(id)) return;
            const near = nearest(id, ids.keys());
            const params = { id, ...(near !== undefined && { nearest: near }) };
            this.report(path, ["cases", i, "expect", list, j], "unknown-rule", params);
          });
        }
      });
    }
    return cases.sort((a, b) => (a.file < b.file ? -1 : 1));
  }

  /** The pack's lists by column; a column has one list, and a value stands in it once. */
  private readLists(): PackLists {
    const { lists = [] } = (this.value("lists.json") ?? {}) as { readonly lists?: readonly PackList[] };
    const found: { [Column in ListedColumn]?: ValueList } = {};
    lists.forEach(({ column, values, blanks, counted, others }, i) => {
      if (found[column]) this.report("lists.json", ["lists", i, "column"], "duplicate-list", { column });
      const seen = new Set<string>();
      values.forEach(({ label, synonyms = [] }, j) => {
        for (const value of [label, ...synonyms]) {
          const key = listedKey(value);
          if (seen.has(key)) this.report("lists.json", ["lists", i, "values", j], "duplicate-listed", { value });
          seen.add(key);
        }
      });
      found[column] = {
        values: values.map(({ label, synonyms }) => ({ label, ...(synonyms && { synonyms }) })),
        ...(blanks && { blanks }),
        ...(counted !== undefined && { counted }),
        ...(others && { others }),
      };
    });
    return found;
  }

  /** The pack's own reports; two of one id would be written over each other. */
  private readReports(): readonly PackReport[] {
    const { reports = [] } = (this.value("reports.json") ?? {}) as { readonly reports?: readonly PackReport[] };
    const seen = new Set<string>();
    reports.forEach(({ id }, i) => {
      if (seen.has(id)) this.report("reports.json", ["reports", i], "duplicate-report", { id });
      seen.add(id);
    });
    return reports;
  }

  /** SHA-256 of the rule files' content: the same however they are indented and in whatever order their keys stand. */
  private hash(): string {
    // Reports say nothing of a row, so a new one leaves the version that rows are judged by as it is.
    const content = this.ruleFiles().filter(([path]) => path !== "reports.json");
    return sha256Hex(canonicalJson(content));
  }

  /** Whoever signed the pack, and whether it is still what they signed; nothing where nobody did. */
  private readSignature(): Pick<Pack, "signature"> {
    const file = this.value(SIGNATURE_FILE);
    return file === undefined ? {} : { signature: readSignature(file as SignatureFile, this.ruleFiles()) };
  }

  /** Paths and contents of the files that say how rows are judged and reported. */
  private ruleFiles(): [string, unknown][] {
    return RULE_PATHS.flatMap((path): [string, unknown][] => {
      const source = this.sources.get(path);
      return source ? [[path, source.value]] : [];
    });
  }
}
