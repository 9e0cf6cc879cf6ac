/** Where the editor opens: a file of the pack, and a line in it. */
export interface EditorPlace {
  readonly file: string;
  readonly line: number | undefined;
}
