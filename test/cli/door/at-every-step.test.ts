import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DoorError } from "../../../src/cli/door/door-error.js";
import {
  clearUpAround,
  keepOwn,
  letOut,
  letOutTogether,
  moveInTogether,
  type Departure,
} from "../../../src/cli/door/door.js";
import { readKnown, type Reading } from "../../../src/cli/door/reading.js";

/**
 * What the door does on the disk, one step after the other: the disk is full at that step, or the run ends there and then.
 * Every step of every way out is tried.
 */

const disk = vi.hoisted(() => {
  class Dead extends Error {}
  return {
    Dead,
    /** Counts down; undefined: nothing goes wrong. */
    left: undefined as number | undefined,
    /** What the step that is reached fails with; "dead": it and all after it are never made. */
    fails: "dead",
    steps: 0,
    inject: false,
  };
});

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const step = (name: string): void => {
    if (!disk.inject) return;
    disk.steps += 1;
    if (disk.left === undefined) return;
    disk.left -= 1;
    if (disk.left === 0 && disk.fails !== "dead")
      throw Object.assign(new Error(disk.fails), { code: disk.fails, syscall: name });
    if (disk.left <= 0 && disk.fails === "dead") throw new disk.Dead(name);
  };
  const WRITING = real.constants.O_WRONLY | real.constants.O_RDWR;
  /** Removing and closing need no room. */
  const needsRoom = (name: string): boolean => !["closeSync", "rmSync", "rmdirSync"].includes(name);
  const wrapped: Record<string, unknown> = {};
  for (const name of [
    ...["openSync", "writeSync", "fsyncSync", "closeSync", "fchmodSync", "fchownSync", "renameSync", "linkSync"],
    ...["copyFileSync", "mkdirSync", "rmSync", "rmdirSync"],
  ] as const) {
    const plain = real[name as keyof typeof real] as (...args: unknown[]) => unknown;
    wrapped[name] = (...args: unknown[]): unknown => {
      // Opening to read writes nothing.
      const reads = name === "openSync" && typeof args[1] === "number" && (args[1] & WRITING) === 0;
      if ((disk.fails === "dead" || needsRoom(name)) && !reads) step(name);
      return plain(...args);
    };
  }
  return { ...real, ...wrapped };
});

/** Number of a process that is not running, for the run that ends. */
const DEAD = 2 ** 22 + 12345;

let folder = "";
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "step-"));
});
afterEach(() => {
  disk.inject = false;
  rmSync(folder, { recursive: true, force: true });
});

const bytes = (text: string): Uint8Array => Buffer.from(text);

/** Every name of the folder with its content. */
function all(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .sort()
      .map((name) => [name, statSync(at(name)).isFile() ? readFileSync(at(name), "latin1") : "folder"]),
  );
}

/** What people see: without what the next run clears up. */
function seen(): Record<string, string> {
  return Object.fromEntries(Object.entries(all()).filter(([name]) => !/(?:^|\/)\.tiaoli-/.test(name)));
}

/** Lets a way out go wrong at a step; `undefined` as it went through, else what was thrown. */
function goneWrong(way: () => void, left: number | undefined, fails: string): unknown {
  const { pid } = process;
  Object.assign(disk, { left, fails, steps: 0, inject: true });
  if (fails === "dead") Object.defineProperty(process, "pid", { value: DEAD, configurable: true });
  try {
    way();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    disk.inject = false;
    Object.defineProperty(process, "pid", { value: pid, configurable: true });
  }
}

interface Way {
  readonly name: string;
  readonly prepare: () => void;
  readonly go: () => void;
  /** Whether what a run leaves that ended there is whole. */
  readonly isWhole: (now: Record<string, string>) => boolean;
}

const DOCUMENTS = ["甲.docx", "乙.docx", "丙.docx"].map((name, i) => ({ name, bytes: bytes(`new ${i}`) }));

/** As a command reads. */
function read(): Reading[] {
  const { reading } = readKnown(at("in.xlsx"));
  clearUpAround(reading);
  return [reading];
}

function notices(): void {
  const reading = read();
  const record: Departure = {
    leave: "no-ledger",
    ...{ path: at("in.xlsx"), bytes: bytes("recorded"), place: "in-place", read: reading },
  };
  const recorded = readFileSync(at("in.xlsx"), "utf8") === "recorded";
  letOutTogether({
    leave: "no-ledger",
    folder: at("out/03"),
    documents: DOCUMENTS,
    read: reading,
    alongside: recorded ? undefined : record,
  });
}

const ledger = (): void => {
  writeFileSync(at("in.xlsx"), "old");
};
const contents = (now: Record<string, string>): (string | undefined)[] =>
  DOCUMENTS.map(({ name }) => now[`out/03/${name}`]);
const NEW = DOCUMENTS.map((_, i) => `new ${i}`);

const WAYS: readonly Way[] = [
  {
    name: "a workbook in place",
    prepare: ledger,
    go: () => {
      letOut({ leave: "no-ledger", path: at("in.xlsx"), bytes: bytes("new"), place: "in-place", read: read() });
    },
    isWhole: (now) => ["old", "new"].includes(now["in.xlsx"]!),
  },
  {
    name: "a new file",
    prepare: ledger,
    go: () => {
      letOut({ leave: "no-ledger", path: at("out.txt"), bytes: bytes("new"), place: "elsewhere", read: read() });
    },
    isWhole: (now) => now["in.xlsx"] === "old" && [undefined, "new"].includes(now["out.txt"]),
  },
  {
    name: "documents into a folder that is not there, with the workbook that records them",
    prepare: ledger,
    go: notices,
    // All papers or none, and none that nobody recorded.
    isWhole: (now) => {
      const papers = contents(now);
      if (papers.every((paper) => paper === undefined)) return true;
      return papers.join() === NEW.join() && now["in.xlsx"] === "recorded";
    },
  },
  {
    name: "documents into a folder that is there, with the workbook that records them",
    prepare: () => {
      ledger();
      mkdirSync(at("out/03"), { recursive: true });
      writeFileSync(at("out/03/乙.docx"), "before");
      writeFileSync(at("out/03/own.txt"), "somebody's");
    },
    go: notices,
    isWhole: (now) => {
      const papers = contents(now);
      const eachWhole = papers.every((paper, i) => paper === NEW[i] || paper === (i === 1 ? "before" : undefined));
      const untouched = papers.every((paper, i) => paper !== NEW[i]);
      return eachWhole && now["out/03/own.txt"] === "somebody's" && (untouched || now["in.xlsx"] === "recorded");
    },
  },
  {
    name: "large tables that were written aside",
    prepare: () => {
      ledger();
      writeFileSync(at("b.csv"), "before");
    },
    go: () => {
      mkdirSync(at("aside"), { recursive: true });
      for (const name of ["a.csv", "b.csv"]) writeFileSync(at(`aside/${name}`), "new");
      moveInTogether(
        ["a.csv", "b.csv"].map((name) => ({ path: at(name), written: at(`aside/${name}`) })),
        [at("in.xlsx")],
      );
      rmSync(at("aside"), { recursive: true });
    },
    isWhole: (now) => [undefined, "new"].includes(now["a.csv"]) && ["before", "new"].includes(now["b.csv"]!),
  },
  {
    name: "what the program keeps for itself",
    prepare: ledger,
    go: () => {
      keepOwn(at("own/answers.json"), "new");
    },
    isWhole: (now) => [undefined, "new"].includes(now["own/answers.json"]),
  },
];

function fresh({ prepare }: Way): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  prepare();
}

/** How many steps a way takes, and what it comes to. */
function plain(way: Way, fails: string): { readonly steps: number; readonly end: Record<string, string> } {
  fresh(way);
  expect(goneWrong(way.go, undefined, fails)).toBeUndefined();
  return { steps: disk.steps, end: all() };
}

describe.each(WAYS)("$name", (way) => {
  test.each(way === WAYS[0] ? ["ENOSPC", "EDQUOT", "EIO"] : ["ENOSPC", "EIO"])(
    "%s at any step: told, and all is as it was",
    (code) => {
      const { steps, end } = plain(way, code);
      expect(steps).toBeGreaterThan(2);
      for (let step = 1; step <= steps; step++) {
        fresh(way);
        const before = all();
        const error = goneWrong(way.go, step, code);
        if (error === undefined) {
          // What can't be kept of the old file, or not be linked, does not keep the new one from going out.
          expect(seen()).toEqual(end);
          continue;
        }
        const own = way.name.startsWith("what the program keeps");
        if (!own && !(error as { syscall?: string }).syscall) {
          expect(error).toBeInstanceOf(DoorError);
          expect((error as DoorError).key).toBe(code === "EIO" ? "file.unwritable" : "file.full");
        }
        rmSync(at("aside"), { recursive: true, force: true });
        if (own) rmSync(at("own"), { recursive: true, force: true });
        expect(all()).toEqual(before);
        way.go();
        expect(all()).toEqual(end);
      }
    },
  );

  test("a run that ends at any step leaves nothing half, and the next one ends the work", { timeout: 60_000 }, () => {
    const { steps, end } = plain(way, "dead");
    for (let step = 1; step <= steps; step++) {
      fresh(way);
      expect(goneWrong(way.go, step, "dead")).toBeInstanceOf(disk.Dead);
      const left = seen();
      expect(way.isWhole(left), `step ${step}: ${JSON.stringify(left)}`).toBe(true);
      if (existsSync(at("aside"))) rmSync(at("aside"), { recursive: true });
      way.go();
      expect(all()).toEqual(end);
    }
  });
});
