import type { CaseFile } from "./case-schema.js";
import type { TableRowPlace } from "./decision-table.js";
import type { PackLists } from "./lists.js";
import type { PackReport } from "./report-schema.js";
import type { PackSignature } from "./signature.js";
import type { Concern } from "./events/kinds.js";
import type { Cap, ClassificationFile, Label, LearnedFile, PackHeader, Parameter, Rule } from "./pack-schema.js";

/** A rule and where it stands, for messages that name file and line. */
export interface PlacedRule {
  readonly concern: Concern;
  readonly rule: Rule;
  readonly file: string;
  /** Line of the rule in its file, from 1. */
  readonly line: number;
  /** The decision table whose row it is. */
  readonly table?: TableRowPlace;
}

/** A rule pack that has passed every check of the loader. Named conditions are already put in place. */
export interface Pack {
  readonly header: PackHeader;
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Values of the columns that decide money. */
  readonly lists: PackLists;
  /** All rules in the order of concerns, then of the file. */
  readonly rules: readonly PlacedRule[];
  readonly labels: readonly Label[];
  readonly classification: Pick<ClassificationFile, "texts" | "negations" | "minimum" | "lead">;
  /** Weights learned from labelled sentences; none where nothing was learned. */
  readonly learned: LearnedFile["models"];
  readonly caps: readonly Cap[];
  readonly reports: readonly PackReport[];
  readonly cases: readonly { readonly file: string; readonly content: CaseFile }[];
  /** SHA-256 over the pack's rule files (cases left out), hex. */
  readonly hash: string;
  /** Who signed it, and whether it is still what they signed; nothing where nobody did. */
  readonly signature?: PackSignature;
}
