import fc from "fast-check";
import { histories, play } from "../../test/process/judging/history.js";
import type { Fuzzer } from "./fuzzer.js";

/** Random years of a company's complaints, judged after every act and held against a second opinion of who pays. */
export const judging: Fuzzer = {
  name: "judging",
  what: "years of complaints, people and decisions, judged at every step and compared with a second opinion of who pays; notices go out and are taken back",
  runs: 1000,
  play(runs, seed) {
    const figures = { histories: 0, steps: 0, complaints: 0, lines: 0, notices: 0 };
    fc.assert(
      fc.property(histories(80), (history) => {
        const { world, steps, lines, notices } = play(history);
        figures.histories += 1;
        figures.steps += steps;
        figures.complaints += world.complaints.length;
        figures.lines += lines;
        figures.notices += notices;
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
    return Promise.resolve(figures);
  },
};
