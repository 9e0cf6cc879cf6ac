import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DoorError } from "../../../src/cli/door/door-error.js";
import { keepSecret, letOut, letOutTogether, moveInTogether, type Departure } from "../../../src/cli/door/door.js";
import { makeFolders } from "../../../src/cli/door/folders.js";
import { openElsewhere } from "../../../src/cli/door/open-elsewhere.js";
import { lockPath } from "../../../src/cli/door/own-lock.js";
import { readKnown, readPlain } from "../../../src/cli/door/reading.js";
import { temporaryPath, THIS_HOST } from "../../../src/cli/door/temp-name.js";

/** What leaves replaces what was read, and nothing else; where it can't, everything is as it was. */

let folder = "";
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "door-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const bytes = (text: string): Uint8Array => Buffer.from(text);
const text = (name: string): string => readFileSync(at(name), "utf8");
const leaves = (change: Partial<Departure> & { readonly path: string }): Departure => ({
  leave: "no-ledger",
  bytes: bytes("new"),
  place: "elsewhere",
  read: [],
  ...change,
});

/** The sentence's key; fails if it goes through. */
function refusal(action: () => unknown): string {
  const before = all();
  let key = "went through";
  try {
    action();
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    key = error.key;
  }
  expect(all()).toEqual(before);
  return key;
}

/** Every name of the folder with its content, so that nothing left behind is missed. */
function all(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .sort()
      .map((name) => [name, statSync(at(name)).isFile() ? readFileSync(at(name), "latin1") : "folder"]),
  );
}

function readInput(name = "in.xlsx"): Pick<Departure, "path" | "place" | "read"> {
  writeFileSync(at(name), "old");
  return { path: at(name), place: "in-place", read: [readKnown(at(name)).reading] };
}

describe("in place", () => {
  test("the file that was read is replaced, and nothing is left beside it", () => {
    expect(letOut(leaves(readInput()))).toEqual([]);
    expect(all()).toEqual({ "in.xlsx": "new" });
  });

  test.each<[string, (path: string) => void]>([
    [
      "was written to",
      (path) => {
        writeFileSync(path, "else");
      },
    ],
    [
      "has the same length and time but other bytes",
      (path) => {
        const { atime, mtime } = statSync(path);
        writeFileSync(path, "odd");
        utimesSync(path, atime, mtime);
      },
    ],
    [
      "was replaced by another file",
      (path) => {
        writeFileSync(`${path}.2`, "old");
        renameSync(`${path}.2`, path);
      },
    ],
  ])("a file that %s since is left alone", (_, change) => {
    const input = readInput();
    change(at("in.xlsx"));
    expect(refusal(() => letOut(leaves(input)))).toBe("file.changed");
  });

  test("mode is kept, of a link what it points to is replaced, of hard links it is said", () => {
    mkdirSync(at("real"));
    writeFileSync(at("real/in.xlsx"), "old");
    chmodSync(at("real/in.xlsx"), 0o640);
    symlinkSync(at("real/in.xlsx"), at("in.xlsx"));
    const { reading } = readKnown(at("in.xlsx"));
    letOut(leaves({ path: at("in.xlsx"), place: "in-place", read: [reading] }));
    expect(readlinkSync(at("in.xlsx"))).toBe(at("real/in.xlsx"));
    expect(text("real/in.xlsx")).toBe("new");
    expect(statSync(at("real/in.xlsx")).mode & 0o777).toBe(0o640);

    const input = readInput("b.xlsx");
    linkSync(at("b.xlsx"), at("other.xlsx"));
    const reread = { ...input, read: [readKnown(at("b.xlsx")).reading] };
    expect(letOut(leaves(reread))).toEqual([{ key: "file.links-lost", params: { file: at("b.xlsx"), count: 1 } }]);
    expect(text("other.xlsx")).toBe("old");
  });

  test("a read-only file is left alone", () => {
    const input = readInput();
    chmodSync(at("in.xlsx"), 0o444);
    expect(refusal(() => letOut(leaves(input)))).toBe("file.read-only");
  });

  test("Excel and LibreOffice have it open: refused with who", () => {
    const input = readInput();
    const owner = Buffer.alloc(165);
    owner.writeUInt16LE(2, 55);
    owner.write("王芳", 57, "utf16le");
    for (const [mark, content, who] of [
      ["~$in.xlsx", owner, "王芳"],
      [".~lock.in.xlsx#", Buffer.from(",wang,desk-7,31.03.2026 18:00,file:///home/wang;"), "wang@desk-7"],
    ] as const) {
      writeFileSync(at(mark), content);
      try {
        letOut(leaves(input));
        expect.unreachable();
      } catch (error) {
        expect(error).toMatchObject({ key: "file.open-elsewhere", params: { who, mark } });
      }
      rmSync(at(mark));
    }
    expect(all()).toEqual({ "in.xlsx": "old" });
  });
});

describe("elsewhere", () => {
  test.each<[string, (input: string) => string]>([
    ["by its own name", (input) => input],
    [
      "by a link",
      (input) => {
        symlinkSync(input, at("link.xlsx"));
        return at("link.xlsx");
      },
    ],
    [
      "by a hard link",
      (input) => {
        linkSync(input, at("hard.xlsx"));
        return at("hard.xlsx");
      },
    ],
  ])("never onto what was read, %s", (_, name) => {
    const { path, read } = readInput();
    const output = name(path);
    expect(refusal(() => letOut(leaves({ path: output, read })))).toBe("file.is-input");
  });

  test("a file that is there is replaced; a new one must not be there", () => {
    writeFileSync(at("out.txt"), "old");
    expect(refusal(() => letOut(leaves({ path: at("out.txt"), place: "new" })))).toBe("file.exists");
    letOut(leaves({ path: at("out.txt") }));
    expect(text("out.txt")).toBe("new");
  });

  test("devices and folders are no files", () => {
    mkdirSync(at("sub"));
    expect(refusal(() => letOut(leaves({ path: at("sub") })))).toBe("file.is-folder");
    expect(refusal(() => letOut(leaves({ path: "/dev/null" })))).toBe("file.no-file");
  });

  test("a workbook bears its own extension", () => {
    const sample = readFileSync(join(import.meta.dirname, "../../../templates/sample-ledger.xlsx"));
    for (const name of ["a.xlsm", "a.csv", "a.XLS"])
      expect(refusal(() => letOut(leaves({ path: at(name), bytes: sample })))).toBe("file.other-kind");
    letOut(leaves({ path: at("a.xlsx"), bytes: sample }));
    expect(readdirSync(folder)).toEqual(["a.xlsx"]);
  });

  test("a name of 255 bytes is as good as any, one of 256 is said to be too long", () => {
    const name = `${"长".repeat(83)}a.txt`;
    expect(Buffer.byteLength(name)).toBe(254);
    letOut(leaves({ path: at(`b${name}`) }));
    expect(text(`b${name}`)).toBe("new");
    expect(refusal(() => letOut(leaves({ path: at(`cc${name}`) })))).toBe("file.name-too-long");
  });

  test("no folder: said so", () => {
    expect(refusal(() => letOut(leaves({ path: at("no/where.txt") })))).toBe("file.unwritable");
  });
});

describe("what is no ordinary file", () => {
  const pipe = (name: string): string => {
    expect(spawnSync("mkfifo", [at(name)]).status).toBe(0);
    return at(name);
  };
  const codeOf = (action: () => unknown): unknown => {
    try {
      return action();
    } catch (error) {
      return (error as NodeJS.ErrnoException).code;
    }
  };

  test("a pipe is not waited for, a device not read without end, a file too large for memory not read at all", () => {
    for (const path of [pipe("in.xlsx"), "/dev/zero", "/dev/urandom"])
      for (const read of [readKnown, readPlain]) expect(codeOf(() => read(path))).toBe("ENOTFILE");
    expect(codeOf(() => readPlain(folder))).toBe("EISDIR");
    writeFileSync(at("large.xlsx"), "");
    truncateSync(at("large.xlsx"), 600 * 1024 * 1024);
    expect(codeOf(() => readKnown(at("large.xlsx")))).toBe("ETOOLARGE");
  });

  test("a pipe under the name of somebody's mark or of a lock makes nobody wait", () => {
    const input = readInput();
    pipe("~$in.xlsx");
    letOut(leaves(input));
    expect(text("in.xlsx")).toBe("new");
    expect(openElsewhere(at("in.xlsx"))).toBeUndefined();
  });
});

describe("another kind of file", () => {
  const workbook = readFileSync(join(import.meta.dirname, "../../../templates/sample-ledger.xlsx"));

  test("a text never takes the place of a workbook or a paper, whatever they are called, nor bears a workbook's name", () => {
    for (const [name, before] of [
      ["ledger", workbook],
      ["old", Buffer.from("d0cf11e0a1b11ae1", "hex")],
      ["paper", Buffer.from("%PDF-1.7")],
    ] as const) {
      writeFileSync(at(name), before);
      expect(refusal(() => letOut(leaves({ path: at(name) })))).toBe("file.other-content");
    }
    for (const name of ["new.xlsx", "new.XLSM", "new.xls", "new.et"])
      expect(refusal(() => letOut(leaves({ path: at(name) })))).toBe("file.no-workbook");
  });
});

describe("tables that are too large for memory", () => {
  test("never onto a file that was read, by whatever name; into no folder that is not there; not what somebody has open", () => {
    writeFileSync(at("in.csv"), "old");
    writeFileSync(at("written"), "new");
    linkSync(at("in.csv"), at("hard.csv"));
    symlinkSync(at("in.csv"), at("link.csv"));
    const move = (path: string): string =>
      refusal(() => {
        moveInTogether([{ path, written: at("written") }], [at("in.csv")]);
      });
    for (const name of ["in.csv", "hard.csv", "link.csv", "../" + basename(folder) + "/in.csv"])
      expect(move(at(name))).toBe("file.is-input");
    expect(move(at("no/out.csv"))).toBe("file.unwritable");
    expect(move(at("in.csv/out.csv"))).toBe("file.no-folder");
    expect(move("/dev/null")).toBe("file.no-file");
    writeFileSync(at(".~lock.out.csv#"), ",wang,desk-7,;");
    expect(move(at("out.csv"))).toBe("file.open-elsewhere");
  });
});

describe("a secret", () => {
  test("is readable to nobody else, never over a file or through a link, and gone where nothing comes of it", () => {
    keepSecret(at("key.pem"), "secret", () => undefined);
    expect(statSync(at("key.pem")).mode & 0o777).toBe(0o600);
    symlinkSync(at("elsewhere"), at("link.pem"));
    for (const name of ["key.pem", "link.pem"])
      expect(
        codeOfDoor(() => {
          keepSecret(at(name), "other", () => undefined);
        }),
      ).toBe("file.exists");
    expect(() => {
      keepSecret(at("second.pem"), "secret", () => {
        throw new DoorError("file.full", {});
      });
    }).toThrow(DoorError);
    expect(readdirSync(folder).sort()).toEqual(["key.pem", "link.pem"]);
  });
});

test("folders are made one by one, never in a circle where the system denies what it has; none is left of a failure", () => {
  expect(makeFolders(at("a/b/c"))).toBe(at("a"));
  expect(makeFolders(at("a/b/c"))).toBeUndefined();
  if (process.platform === "linux") expect(() => makeFolders("/proc/tiaoli/x")).toThrow();
  expect(() => makeFolders(join(at("a"), "d", "n".repeat(300)))).toThrow();
  expect(readdirSync(at("a"))).toEqual(["b"]);
});

function codeOfDoor(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error instanceof DoorError ? error.key : error;
  }
}

describe("what dead runs left behind", () => {
  /** Number of a process that is not running. */
  const dead = 2 ** 22 + 12345;

  test("is removed; what living runs and other machines are at is not", () => {
    const name = (host: string, pid: number): string => `.tiaoli-${host}-${pid}-0123456789abcdef.tmp`;
    const [gone, alive, other] = [name(THIS_HOST, dead), name(THIS_HOST, process.pid), name("ffffffff", dead)];
    for (const one of [gone, alive, other]) writeFileSync(at(one), "x");
    writeFileSync(at(".in.xlsx.123.tmp"), "somebody's own");
    letOut(leaves({ path: at("out.txt") }));
    expect(readdirSync(folder).sort()).toEqual([".in.xlsx.123.tmp", alive, other, "out.txt"].sort());
  });

  test("a lock of a dead run is taken over", () => {
    writeFileSync(lockPath(at("out.txt")), JSON.stringify({ host: THIS_HOST, pid: dead }));
    letOut(leaves({ path: at("out.txt") }));
    expect(all()).toEqual({ "out.txt": "new" });
  });

  test("temporary names are never the same", () => {
    expect(new Set(Array.from({ length: 100 }, () => temporaryPath(folder))).size).toBe(100);
  });
});

describe("documents with the workbook that records them", () => {
  const documents = [
    { name: "甲.docx", bytes: bytes("one") },
    { name: "乙.docx", bytes: bytes("two") },
  ];

  test("all are there, or nothing is: also what was there before", () => {
    const input = readInput();
    mkdirSync(at("out"));
    writeFileSync(at("out/甲.docx"), "before");
    const dispatch = { leave: "no-ledger", folder: at("out"), documents, read: input.read } as const;
    writeFileSync(at("in.xlsx"), "changed meanwhile");
    expect(refusal(() => letOutTogether({ ...dispatch, alongside: leaves(input) }))).toBe("file.changed");
    expect(text("out/甲.docx")).toBe("before");
    const again = { ...input, read: [readKnown(at("in.xlsx")).reading] };
    expect(letOutTogether({ ...dispatch, alongside: leaves(again) }).paths).toEqual([
      at("out/甲.docx"),
      at("out/乙.docx"),
    ]);
    expect(all()).toEqual({ "in.xlsx": "new", out: "folder", "out/甲.docx": "one", "out/乙.docx": "two" });
  });

  test("a folder that was made for nothing is taken away", () => {
    const input = readInput();
    writeFileSync(at("in.xlsx"), "changed meanwhile");
    const dispatch = {
      leave: "no-ledger",
      folder: at("a/b"),
      documents,
      read: input.read,
      alongside: leaves(input),
    } as const;
    expect(refusal(() => letOutTogether(dispatch))).toBe("file.changed");
  });

  test("no document leads out of its folder, and none is written then", () => {
    for (const name of ["../甲.docx", "a/../../甲.docx", ".."])
      for (const place of ["there", "new"]) {
        if (place === "there") mkdirSync(at(place), { recursive: true });
        const outside = [...documents, { name, bytes: bytes("three") }];
        const dispatch = { leave: "no-ledger", documents: outside, read: [], alongside: undefined } as const;
        expect(refusal(() => letOutTogether({ ...dispatch, folder: at(place) }))).toBe(
          name === ".." ? "file.is-folder" : "file.outside",
        );
      }
  });

  test("a document never takes the place of the ledger", () => {
    const { read } = readInput("甲.docx");
    const dispatch = { leave: "no-ledger", folder, documents, read, alongside: undefined } as const;
    expect(refusal(() => letOutTogether(dispatch))).toBe("file.is-input");
  });
});

// ------------------------------------------------------------ other processes

const DOOR = pathToFileURL(join(import.meta.dirname, "../../../src/cli/door/door.ts")).href;
const READING = pathToFileURL(join(import.meta.dirname, "../../../src/cli/door/reading.ts")).href;

/** A run of its own: reads, adds a line, and lets it out, again and again. */
function runner(script: string): ReturnType<typeof spawn> {
  return spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: join(import.meta.dirname, "../../.."),
  });
}

const ended = (child: ReturnType<typeof spawn>): Promise<number | null> =>
  new Promise((resolve) =>
    child.on("exit", (code) => {
      resolve(code);
    }),
  );

describe("several runs at once", () => {
  test("no run's work is lost: whoever was overtaken is told and reads again", async () => {
    writeFileSync(at("in.txt"), "");
    const script = `
      const { letOut } = await import(${JSON.stringify(DOOR)});
      const { readKnown } = await import(${JSON.stringify(READING)});
      const path = ${JSON.stringify(at("in.txt"))};
      for (let done = 0; done < 20; ) {
        try {
          const { bytes, reading } = readKnown(path);
          letOut({ leave: "no-ledger", path, bytes: Buffer.concat([bytes, Buffer.from("line\\n")]), place: "in-place", read: [reading] });
          done += 1;
        } catch (error) {
          if (error.key !== "file.changed" && error.code !== "ENOENT") { console.error(error); process.exit(1); }
        }
      }`;
    expect(await Promise.all([0, 1, 2].map(() => ended(runner(script))))).toEqual([0, 0, 0]);
    expect(text("in.txt")).toBe("line\n".repeat(60));
    expect(readdirSync(folder)).toEqual(["in.txt"]);
  });

  test("a run that is killed leaves the old file or the new one, and the next run clears up", async () => {
    const [old, next] = ["a".repeat(300_000), "b".repeat(300_000)];
    writeFileSync(at("in.txt"), old);
    const script = `
      const { letOut } = await import(${JSON.stringify(DOOR)});
      const { readKnown } = await import(${JSON.stringify(READING)});
      const path = ${JSON.stringify(at("in.txt"))};
      const versions = ${JSON.stringify(["a", "b"])}.map((c) => Buffer.from(c.repeat(300000)));
      console.log("ready");
      for (let i = 0; ; i++) letOut({ leave: "no-ledger", path, bytes: versions[i % 2], place: "in-place", read: [readKnown(path).reading] });`;
    for (const wait of [0, 3, 7, 12, 20, 33]) {
      const child = runner(script);
      await new Promise((resolve) => child.stdout!.once("data", resolve));
      await new Promise((resolve) => setTimeout(resolve, wait));
      child.kill("SIGKILL");
      await ended(child);
      expect([old, next]).toContain(text("in.txt"));
    }
    letOut(leaves({ path: at("in.txt"), place: "in-place", read: [readKnown(at("in.txt")).reading] }));
    expect(all()).toEqual({ "in.txt": "new" });
  });
});
