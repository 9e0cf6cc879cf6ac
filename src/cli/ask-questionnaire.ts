import { createInterface } from "node:readline/promises";
import { headLine, HEADS, readAnswers, sectionLine, SECTIONS } from "../jobs/new-pack/questionnaire.js";
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
  /** Whether the line could be read; what is wrong with it is said. */
  const take = (line: string): boolean => {
    const read = readAnswers([...lines, line].join("\n"), language);
    const wrong = "problems" in read ? read.problems.find((problem) => problem.line === lines.length + 1) : undefined;
    if (wrong) terminal.warn(`  ✗ ${wrong.text}`);
    else lines.push(line);
    return wrong === undefined;
  };
  try {
    for (const head of HEADS)
      while (!take(headLine(language, head, await reader.question(headLine(language, head, "")))));
    for (const section of SECTIONS) {
      lines.push(sectionLine(language, section));
      terminal.warn(`\n${sectionLine(language, section)} ${jobsText(language, `new-pack.ask.${section}`)}`);
      for (;;) {
        const answer = await reader.question("> ");
        if (answer.trim() === "") break;
        take(answer);
      }
    }
  } finally {
    reader.close();
  }
  return lines.join("\n");
}
