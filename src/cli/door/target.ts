import { accessSync, constants, realpathSync, statSync, type Stats } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { Leave } from "../leave.js";
import type { CliKey } from "../terminal.js";
import { DoorError } from "./door-error.js";
import { openElsewhere } from "./open-elsewhere.js";
import { headOf, isSameFile, isUnchanged, type Reading } from "./reading.js";
import { kindOf, misnamed } from "./workbook-kind.js";

/** What a file that leaves would replace, and whether it may. */

/** A file that is to leave. */
export interface Departure {
  readonly leave: Leave;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** `in-place`: the very file that was read is replaced; `elsewhere`: never a file that was read; `new`: no file at all. */
  readonly place: "in-place" | "elsewhere" | "new";
  /** The files that the run has read. */
  readonly read: readonly Reading[];
}

export interface Target {
  /** Where the bytes really lie: a link stays a link, and what it points to is replaced. */
  readonly path: string;
  readonly stats: Stats | undefined;
}

/** Where a file would go. Throws `DoorError` where it may not. */
export function checkedTarget({ path, place, read, bytes }: Departure): Target {
  const real = realPath(path);
  const stats = statsOf(real);
  const refuse = (key: CliKey): never => {
    throw new DoorError(key, { file: path });
  };
  const own = stats && read.find((reading) => isSameFile(reading, stats));
  if (own && place === "elsewhere") refuse("file.is-input");
  // A file replaced in place keeps whatever name it has borne so far.
  if (place !== "in-place") assertName(path, real, bytes);
  if (stats) {
    if (place === "new") refuse("file.exists");
    assertReplaceable(path, real, stats);
    assertSameKind(path, real, bytes);
  }
  if (place === "in-place" && !own) refuse("file.changed");
  const opened = openElsewhere(real);
  if (opened) throw new DoorError("file.open-elsewhere", { file: path, ...opened });
  return { path: real, stats };
}

function assertName(named: string, real: string, bytes: Uint8Array): void {
  const extension = extname(real);
  const wrong = misnamed(bytes, extension);
  if (wrong?.own !== undefined) throw new DoorError("file.other-kind", { file: named, extension: wrong.own });
  if (wrong) throw new DoorError("file.no-workbook", { file: named, extension });
}

/** Whatever its name, a workbook or a paper is not replaced by a file of another kind: somebody mistook the name. */
function assertSameKind(named: string, real: string, bytes: Uint8Array): void {
  const before = kindOf(headOf(real));
  if (before !== undefined && before !== kindOf(bytes)) throw new DoorError("file.other-content", { file: named });
}

/** An ordinary file that this user may write, not merely rename. */
export function assertReplaceable(named: string, real: string, stats: Stats): void {
  const refuse = (key: CliKey): never => {
    throw new DoorError(key, { file: named });
  };
  if (stats.isDirectory()) refuse("file.is-folder");
  if (!stats.isFile()) refuse("file.no-file");
  if ((stats.mode & 0o222) === 0 || !mayWrite(real)) refuse("file.read-only");
}

/** Right before the rename: the file is still the one that was read, or the one that was looked at. */
export function assertStill({ path, stats }: Target, { place, read, path: named }: Departure): void {
  const now = statsOf(path);
  const reading = now && read.find((one) => isSameFile(one, now));
  const same =
    place === "in-place"
      ? reading !== undefined && isUnchanged(reading)
      : now === undefined
        ? stats === undefined
        : stats !== undefined && now.ino === stats.ino && now.mtimeMs === stats.mtimeMs && now.size === stats.size;
  if (!same) throw new DoorError("file.changed", { file: named });
}

/** Where a path leads, also one whose last part is not there yet. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    try {
      return join(realpathSync(dirname(path)), basename(path));
    } catch {
      return resolve(path);
    }
  }
}

export function statsOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
