/**
 * The words in Latin letters in a text that is otherwise Chinese. Options (`--month`, `-o`) are left out, and what
 * begins with a digit (4S店, 8D, a hash).
 */
export function latinRuns(text: string): string[] {
  const plain = text.replaceAll(/(?<![\w-])--?[a-z][a-z-]*/g, "");
  return [...plain.matchAll(/(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_./-]*/g)].map(([run]) => run.replace(/[./-]+$/, ""));
}
