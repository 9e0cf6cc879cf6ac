// Loaded before the built command (--import): counts what it does on the disk, and ends the process at one such step as
// SIGKILL does, before it, after it, or with half of the bytes written. TIAOLI_STEP: which; TIAOLI_STEPS: where to leave
// their number when the run ends by itself.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const [at, phase] = (process.env.TIAOLI_STEP ?? "0 before").split(" ");
const leave = process.env.TIAOLI_STEPS;
const { writeFileSync } = fs;
const NAMES = [
  ...["openSync", "writeSync", "fsyncSync", "closeSync", "fchmodSync", "fchownSync", "renameSync", "linkSync"],
  ...["copyFileSync", "mkdirSync", "rmSync", "rmdirSync"],
];
const WRITING = fs.constants.O_WRONLY | fs.constants.O_RDWR;
const isReading = (flags) =>
  flags === undefined || flags === "r" || (typeof flags === "number" && (flags & WRITING) === 0);
let steps = 0;
const end = () => {
  process.kill(process.pid, "SIGKILL");
};
for (const name of NAMES) {
  const plain = fs[name];
  fs[name] = (...args) => {
    // Opening to read, and the engine's own reading of modules, change nothing.
    if (name === "openSync" && isReading(args[1])) return plain(...args);
    steps += 1;
    const isIt = steps === Number(at);
    if (isIt && phase === "before") end();
    if (isIt && phase === "half" && name === "writeSync") {
      const [file, bytes, offset = 0] = args;
      plain(file, bytes, offset, Math.floor((bytes.length - offset) / 2));
      end();
    }
    const result = plain(...args);
    if (isIt) end();
    return result;
  };
}
syncBuiltinESMExports();
if (leave !== undefined) process.on("exit", () => writeFileSync(leave, String(steps)));
