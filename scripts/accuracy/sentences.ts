import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Where the sentences lie: `<pack>.json` or `<pack>.<output>.json`, or `<pack>-<output>.json`. */
const FOLDER = join(import.meta.dirname, "../../test/fixtures/development-sentences");

/** What the sentences of a file are about. */
export type JudgedOutput = "category" | "subcategory" | "nature" | "level";

const fileSchema = z.strictObject({
  output: z.enum(["category", "subcategory", "nature", "level"]),
  sentences: z.array(
    z.strictObject({
      text: z.string().min(1),
      label: z.string().min(1),
      writer: z.string().min(1),
      split: z.enum(["train", "test", "held"]),
    }),
  ),
});

/**
 * A complaint as somebody wrote it, and the label it should get. `train` may be looked at while phrases are chosen,
 * `test` and `held` may not; `held` was written last, after all phrases.
 */
export interface Sentence {
  readonly pack: string;
  readonly output: JudgedOutput;
  readonly text: string;
  readonly label: string;
  readonly writer: string;
  readonly split: "train" | "test" | "held";
}

/** All sentences, by file name, then in the order of the file. */
export function allSentences(): Sentence[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) => {
      const { output, sentences } = fileSchema.parse(JSON.parse(readFileSync(join(FOLDER, file), "utf8")));
      const pack = file.replace(/\.json$/, "").replace(new RegExp(`[.-]${output}$`), "");
      return sentences.map((sentence) => ({ pack, output, ...sentence }));
    });
}
