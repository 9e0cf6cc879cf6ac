import fc from "fast-check";
import { histories, play } from "../../test/books/history.js";
import type { Fuzzer } from "./fuzzer.js";

/** Random histories of the book, two years and more each, in memory. */
export const books: Fuzzer = {
  name: "books",
  what: "histories of at least 24 months of a book, every promise checked at every step",
  runs: 2000,
  play(runs, seed) {
    const figures = { histories: 0, acts: 0, entries: 0, longest: 0 };
    fc.assert(
      fc.property(histories, (history) => {
        const { book, acts } = play(history);
        figures.histories += 1;
        figures.acts += acts;
        figures.entries += book.entries.length;
        figures.longest = Math.max(figures.longest, book.entries.length);
      }),
      // A history that fails is told at once: making it smaller takes longer than all runs together.
      { numRuns: runs, seed, endOnFailure: true },
    );
    return Promise.resolve(figures);
  },
};
