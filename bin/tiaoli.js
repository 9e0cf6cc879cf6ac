#!/usr/bin/env node
import { existsSync } from "node:fs";
import { setFlagsFromString } from "node:v8";

// A run lasts a second: compiling deeply inlined code and collecting garbage on several threads cost more than they
// bring. Together an eighth of the processor time (docs/performance.md); what the program does is the same without.
for (const flag of [
  "--max-inlined-bytecode-size-cumulative=100",
  "--no-parallel-scavenge",
  "--semi-space-growth-factor=16",
])
  setFlagsFromString(flag);

const entry = new URL("../dist/cli/main.js", import.meta.url);
if (!existsSync(entry)) {
  process.stderr.write(
    "命令尚未构建：请先在项目目录运行 npm ci / The command is not built yet: run npm ci in the project folder first\n",
  );
  process.exit(2);
}
await import(entry.href);
