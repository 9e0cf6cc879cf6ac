/** Something wrong in a file, to be shown as `file:line: text`. */
export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** The line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
