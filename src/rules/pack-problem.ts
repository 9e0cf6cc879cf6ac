/** Why a pack was refused: one clear place and a code whose sentence is in the locale files. */
export interface PackProblem {
  /** Path below the rules folder, e.g. `furniture-north/penalties.json`. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly ruleId?: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}
