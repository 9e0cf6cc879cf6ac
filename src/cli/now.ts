import { parseIso, type WallTime } from "../domain/wall-time.js";
import { shanghaiNow } from "../program/shanghai-now.js";

/** --now 2026-03-31T18:00, or the system's time as a clock on the wall in Asia/Shanghai shows it; undefined if unreadable. */
export function nowOf(option: string | undefined): WallTime | undefined {
  return option === undefined ? shanghaiNow(new Date()) : parseIso(option.replace(" ", "T"));
}
