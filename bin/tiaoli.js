#!/usr/bin/env node
import { existsSync } from "node:fs";

const entry = new URL("../dist/cli/main.js", import.meta.url);
if (!existsSync(entry)) {
  process.stderr.write("命令尚未构建：请先在项目目录运行 npm ci / The command is not built yet: run npm ci in the project folder first\n");
  process.exit(2);
}
await import(entry.href);
