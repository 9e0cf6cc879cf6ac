import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Progress, Terminal } from "../../src/cli/terminal.js";

/** A stream that keeps what is written to it. */
function stream(isTTY: boolean): { readonly written: string[]; readonly as: NodeJS.WriteStream } {
  const written: string[] = [];
  const as = { isTTY, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream;
  return { written, as };
}

describe("progress", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const step = (progress: Progress): void => {
    progress.step("progress.judging", { rows: 100000 });
  };

  it("shows at a terminal once a run has taken longer than a second, and wipes its line at the end", () => {
    const { written, as } = stream(true);
    const progress = new Progress(new Terminal("zh", false), as);
    step(progress);
    expect(written).toEqual([]);
    vi.advanceTimersByTime(1500);
    step(progress);
    expect(written.join("")).toContain("100000");
    progress.done();
    expect(written.at(-1)).toBe("\r\u001b[K");
  });

  it("shows nothing where nobody looks, however long it takes", () => {
    const { written, as } = stream(false);
    const progress = new Progress(new Terminal("zh", false), as);
    vi.advanceTimersByTime(60_000);
    step(progress);
    progress.done();
    expect(written).toEqual([]);
  });
});
