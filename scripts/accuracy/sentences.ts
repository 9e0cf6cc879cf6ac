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
      if (file.endsWith(".txt")) return plainSentences(file, readFileSync(join(FOLDER, file), "utf8"));
      const { output, sentences } = fileSchema.parse(JSON.parse(readFileSync(join(FOLDER, file), "utf8")));
      const pack = file.replace(/\.json$/, "").replace(new RegExp(`[.-]${output}$`), "");
      return sentences.map((sentence) => ({ pack, output, ...sentence }));
    });
}

const HEAD = /^# pack: (\S+); outputs: ([a-z ]+); writer: (\S+); split: (train|test|held)$/;

/**
 * The sentences of a plain file, which is quicker to write: a head, then a line `= 产品质量/菜品异物/一般` with a label for
 * each output (`-` for none), and below it sentences of these labels, one a line. Further heads and labels may follow.
 */
export function plainSentences(file: string, text: string): Sentence[] {
  let head: { pack: string; outputs: JudgedOutput[]; writer: string; split: Sentence["split"] } | undefined;
  let labels: readonly string[] = [];
  return text.split(/\r?\n/).flatMap((line, index): Sentence[] => {
    const [, pack, outputs, writer, split] = HEAD.exec(line) ?? [];
    if (pack !== undefined && outputs !== undefined && writer !== undefined) {
      // HEAD takes no other split, and the schema of the outputs is that of the other files.
      const names = z.array(fileSchema.shape.output).parse(outputs.split(" "));
      head = { pack, outputs: names, writer, split: split as Sentence["split"] };
      labels = [];
    } else if (line.startsWith("= ")) labels = line.slice(2).split("/");
    else if (line.trim() !== "" && !line.startsWith("#")) {
      if (!head || labels.length !== head.outputs.length)
        throw new Error(`${file}:${index + 1}: no label for each output stands above this sentence: ${line}`);
      const { outputs: names, ...rest } = head;
      return names.flatMap((output, i): Sentence[] =>
        labels[i] === "-" ? [] : [{ ...rest, output, label: labels[i]!, text: line }],
      );
    }
    return [];
  });
}
