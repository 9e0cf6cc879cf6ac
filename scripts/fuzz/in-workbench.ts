import { readFileSync } from "node:fs";
import { workbookErrorText } from "../../src/ledger/file/workbook-error-text.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { readBook } from "../../src/workbench/file/read-book.js";

/** Opens a workbook as the workbench does, in a process of its own; prints what it took and the sentence of a refusal. */

const bytes = readFileSync(process.argv[2]!);
const before = process.cpuUsage();
let sentence: string | undefined;
try {
  readBook(bytes, "in.xlsx", nodeCodec);
} catch (error) {
  sentence = workbookErrorText(error, "zh") ?? `raw: ${String(error)}`;
}
const { user, system } = process.cpuUsage(before);
console.log(
  JSON.stringify({ seconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024, sentence }),
);
