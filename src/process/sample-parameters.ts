import type { Language } from "../locales/language.js";
import type { ParameterInForce } from "../rules/in-force.js";

/**
 * Sample parameters that a row rests on, as a step on a path: thousands of rows gather the same ones in the same order,
 * so each collection, and what is said of it, is made once.
 */
export class SampleParameters {
  private readonly followers = new Map<readonly ParameterInForce[], SampleParameters>();
  private readonly texts: Partial<Record<Language, string>> = {};

  constructor(private readonly parameters: readonly ParameterInForce[]) {}

  get none(): boolean {
    return this.parameters.length === 0;
  }

  /** These and those of another rule (always the same list for a rule). */
  and(others: readonly ParameterInForce[]): SampleParameters {
    if (others.length === 0) return this;
    let next = this.followers.get(others);
    if (!next) {
      const more = others.filter((one) => !this.parameters.includes(one));
      next = more.length === 0 ? this : new SampleParameters([...this.parameters, ...more]);
      this.followers.set(others, next);
    }
    return next;
  }

  /** The titles in a row. */
  titles(language: Language): string {
    return (this.texts[language] ??= this.parameters.map(({ title }) => title[language]).join("、"));
  }
}
