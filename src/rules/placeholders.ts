/** A text of a pack in both languages. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** `{name}` in a text of a rule: a fact of the row, or a parameter of the pack whose unit is a number. */
export const PLACEHOLDER = /\{([^{}]*)\}/g;

/** The names that stand in braces in a text, in their order. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name]) => name ?? "");
}
