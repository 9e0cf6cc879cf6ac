import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { ROOMS } from "./layers.js";

/** Rooms that must stay pure; what they may import is held by the layers (layers.js, .dependency-cruiser.js). */
const pure = ROOMS.filter((room) => room.pure).map(({ path }) => `${path}/**`);

/** Files of more than 400 lines, each with its reason in its first comment. */
const longFiles = [];

const throughWriteCells = "Excel's cells are written through src/ledger/excel/write-cells.ts only: what is assigned here is read as if typed.";
/** Ways into cells of Office.js that read a text as a number, a date or a formula. */
const cellWrites = [
  "AssignmentExpression[left.type='MemberExpression'][left.property.name=/^(values|valuesAsJson|formulas|formulasLocal|formulasR1C1|numberFormat|numberFormatLocal)$/]",
  "CallExpression[callee.property.name='add'][callee.object.property.name=/^(rows|columns)$/]",
  "CallExpression[callee.property.name='set'] > ObjectExpression > Property[key.name=/^(values|formulas|numberFormat)$/]",
].map((selector) => ({ selector, message: throughWriteCells }));

/** A list handed over as arguments ends the run once it is longer than a call can be: 100,000 messages of a long ledger. */
const spreads = {
  selector: "CallExpression[callee.property.name=/^(push|unshift)$/] > SpreadElement",
  message: "Lists grow by addAll (src/domain/grouping.ts): a call has no room for a hundred thousand arguments.",
};

/** Whatever goes out rests on a judgement that may be written from, and only the gate makes one. */
const gated = { group: ["**/run-ledger.js"], importNames: ["runLedger"], message: "A ledger is judged through src/jobs/judge-ledger.ts, which asks whether anything may be written." };

/**
 * Every file leaves through one door, which knows what it replaces, and comes in through one, which waits for no pipe and
 * reads no device without end.
 */
const door = {
  name: "node:fs",
  importNames: ["createReadStream", "readFileSync", "readSync", "appendFileSync", "copyFileSync", "cpSync", "createWriteStream", "linkSync", "mkdirSync", "openSync", "promises", "renameSync", "rmSync", "rmdirSync", "symlinkSync", "truncateSync", "unlinkSync", "writeFileSync", "writeSync", "default"],
  message: "Files leave through src/cli/door/door.ts and are read through src/cli/door/reading.ts.",
};
/** Other ways to the same functions. */
const sideDoors = ["fs", "fs/promises", "node:fs/promises", "fs-extra", "graceful-fs"].map((name) => ({ name, message: door.message }));

export default tseslint.config(
  { ignores: ["scripts/.*", "dist/", "out/", "node_modules/", "coverage/", "rules/schema/"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["*.js", ".*.js", "bin/*.js", "src/taskpane/start.js", "src/workbench/page/service-worker.js", "scripts/fuzz/at-step.js"] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unnecessary-condition": "off",
      "no-irregular-whitespace": ["error", { skipStrings: true, skipRegExps: true, skipTemplates: true, skipComments: true }],
      eqeqeq: ["error", "always"],
    },
  },
  // A file that outgrows one idea is parted. Whoever needs more says why in the file's first comment and is named here; three are the most.
  { files: ["src/**"], ignores: [...longFiles], rules: { "max-lines": ["error", { max: 400 }] } },
  { files: pure, rules: { "no-restricted-globals": ["error", "process", "Office", "Excel", "window", "document"] } },
  {
    // What the pane draws with: a hook behind a condition, or one that forgets what it rests on, shows an old ledger.
    files: ["src/**/*.tsx", "src/**/use-*.ts"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  { files: ["src/**"], rules: { "no-restricted-syntax": ["error", spreads] } },
  {
    files: ["src/**"],
    ignores: ["src/ledger/excel/write-cells.ts", "src/workbench/host/**", "src/workbench/file/**"],
    rules: { "no-restricted-syntax": ["error", ...cellWrites, spreads] },
  },
  {
    // Whatever goes out rests on a judgement that may be written from, and only the gate makes one.
    files: ["src/**/*.ts", "src/**/*.tsx"],
    ignores: ["src/jobs/judge-ledger.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: [gated], paths: [door, ...sideDoors] },
      ],
    },
  },
  { files: ["src/workbench/page/service-worker.js"], languageOptions: { globals: { self: "readonly", caches: "readonly", fetch: "readonly" } } },
  { files: ["src/taskpane/start.js"], languageOptions: { globals: { window: "readonly", document: "readonly", navigator: "readonly", location: "readonly", setTimeout: "readonly" } } },
  {
    // The door itself, what the build leaves beside the program, the key of a book (which may come from a pipe), and what a
    // batch reads piece by piece (src/batch/table.ts has looked at the files) and lays aside while it runs.
    files: ["src/cli/door/**", "src/cli/compiled-process.ts", "src/cli/built-rules.ts", "src/cli/book-key.ts", "src/batch/encoding.ts", "src/batch/merge-lines.ts", "src/batch/scratch.ts"],
    rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns: [gated] }] },
  },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked, languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } } },
);
