import type { Pack } from "../rules/pack.js";

/** 规则版本: id, version, and the beginning of the hash over the pack's rule files. */
export function packVersion({ header, hash }: Pack): string {
  return `${header.id} ${header.version} ${hash.slice(0, 8)}`;
}
