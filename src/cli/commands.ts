import type { Command } from "./command.js";

/**
 * The commands by name, in the order of the help. A command's module is loaded when it is called for: none needs all of
 * the program.
 */
export const COMMANDS: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  process: () => import("./commands/process.js"),
  repair: () => import("./commands/repair.js"),
  today: () => import("./commands/today.js"),
  notices: () => import("./commands/notices.js"),
  verify: () => import("./commands/verify.js"),
  book: () => import("./commands/book.js"),
  statement: () => import("./commands/statement.js"),
  forms: () => import("./commands/forms.js"),
  report: () => import("./commands/report.js"),
  explain: () => import("./commands/explain.js"),
  check: () => import("./commands/check.js"),
  compare: () => import("./commands/compare.js"),
  learn: () => import("./commands/learn.js"),
  rules: () => import("./commands/rules.js"),
  "new-pack": () => import("./commands/new-pack.js"),
  pack: () => import("./commands/pack.js"),
  "fix-headers": () => import("./commands/fix-headers.js"),
  group: () => import("./commands/group.js"),
  batch: () => import("./commands/batch.js"),
  judge: () => import("./commands/judge.js"),
  packs: () => import("./commands/packs.js"),
  sign: () => import("./commands/sign.js"),
  trust: () => import("./commands/trust.js"),
  new: () => import("./commands/new.js"),
};
