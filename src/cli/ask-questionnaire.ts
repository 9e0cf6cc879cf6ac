import { createInterface } from "node:readline/promises";
import { HEADS, HEAD_WORDS, readAnswers, SECTIONS, SECTION_WORDS } from "../jobs/new-pack/questionnaire.js";
import { jobsText } from "../jobs/texts.js";
import type { Terminal } from "./terminal.js";

/**
 * Asks the questionnaire line by line at a terminal. A line that can't be read is said at once and asked again, so that
 * nobody has to find it afterwards; a blank line ends a part.
 */
export async function askQuestionnaire(terminal: Terminal): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const { language } = terminal;
  const lines: string[] = [];
  try {
    for (const head of HEADS) {
      const answer = await reader.question(`${HEAD_WORDS[head]}：`);
      lines.push(`${HEAD_WORDS[head]}：${answer}`);
    }
    for (const section of SECTIONS) {
      lines.push(`【${SECTION_WORDS[section]}】`);
      terminal.warn(`\n【${SECTION_WORDS[section]}】 ${jobsText(language, `new-pack.ask.${section}`)}`);
      for (;;) {
        const answer = await reader.question("> ");
        if (answer.trim() === "") break;
        const read = readAnswers([...lines, answer].join("\n"), language);
        const wrong = "problems" in read ? read.problems.find(({ line }) => line === lines.length + 1) : undefined;
        if (wrong) terminal.warn(`  ✗ ${wrong.text}`);
        else lines.push(answer);
      }
    }
  } finally {
    reader.close();
  }
  return lines.join("\n");
}
