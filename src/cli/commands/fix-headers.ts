import { COLUMNS, column, isColumnId, type ColumnId } from "../../domain/columns.js";
import { headerKey, possibleMapping } from "../../domain/match-key.js";
import { readHeaderMapping, readHeaderRows, writeHeaderMapping } from "../../ledger/file/file-ledger.js";
import { nodeCodec } from "../../ooxml/node-codec.js";
import { CliError } from "../cli-error.js";
import { columnsText } from "../columns-text.js";
import type { Terminal } from "../terminal.js";
import { explained, letOutFile, placeOf, readBytes } from "../workbook-file.js";
import type { Command } from "../command.js";

interface FixHeadersArguments {
  readonly input: string;
  /** 列标题=列 as typed; a blank column takes a mapping back. */
  readonly map: readonly string[];
  readonly output: string | undefined;
}

export const command: Command = {
  usage: "fix-headers <IN.xlsx>",
  help: "help.fix-headers",
  options: [
    { flags: "--map <HEADER=COLUMN>", help: "help.map", many: true },
    { flags: "-o, --output <OUT.xlsx>", help: "help.output" },
  ],
  run: (call) =>
    fixHeadersCommand({ input: call.argument, map: call.list("map"), output: call.option("output") }, call.terminal),
};

/** `fix-headers`: how the headers of a workbook map to the ledger's columns, and a mapping kept in the workbook on request. */
function fixHeadersCommand(args: FixHeadersArguments, terminal: Terminal): number {
  const { bytes: original, reading } = readBytes(args.input, terminal);
  const options = { codec: nodeCodec };
  const stored = explained(args.input, terminal, () => readHeaderMapping(original, options));
  const mapping = new Map(stored);
  for (const pair of args.map) applyPair(pair, mapping, terminal);
  if (args.map.length > 0) {
    const bytes = explained(args.input, terminal, () => writeHeaderMapping(original, mapping, options));
    if (bytes !== original || args.output !== undefined) {
      const place = placeOf(args.output, reading);
      letOutFile({ leave: "mends-inputs", path: args.output ?? args.input, bytes, place, read: [reading] }, terminal);
    }
  }
  const places = explained(args.input, terminal, () =>
    readHeaderRows(original, { ...options, headerMapping: mapping }),
  ).map((place) => {
    const taken = new Set(place.columns.keys());
    const byIndex = new Map([...place.columns].map(([id, i]) => [i, id]));
    return {
      sheet: place.sheet,
      ...(place.table === undefined ? {} : { table: place.table }),
      headerRow: place.headerRow,
      headers: place.headers.map(({ header, letter }, i) => {
        const id = byIndex.get(i);
        return id === undefined
          ? { letter, header, suggestions: possibleMapping(header, taken).map((s) => s.column) }
          : { letter, header, column: id, mapped: mapping.has(header) };
      }),
    };
  });
  terminal.document({ headers: places, mapping: Object.fromEntries(mapping) });
  for (const place of places) {
    terminal.say("headers.place", { sheet: place.sheet, row: place.headerRow });
    const lines = place.headers.map((h) => [
      `  ${h.letter}`,
      h.header,
      h.column === undefined ? terminal.text("headers.unknown") : named(h.column, terminal),
      h.column === undefined
        ? h.suggestions.length > 0
          ? terminal.text("headers.suggestions", { list: h.suggestions.map((id) => named(id, terminal)).join("、") })
          : ""
        : h.mapped
          ? terminal.text("headers.mapped")
          : "",
    ]);
    for (const line of columnsText(lines)) terminal.line(line);
  }
  if (args.map.length > 0) terminal.say("headers.saved", { file: args.output ?? args.input });
  else terminal.say("headers.hint");
  return 0;
}

function named(id: ColumnId, terminal: Terminal): string {
  const { header, alias } = column(id);
  return terminal.language === "zh" ? header : alias;
}

/** 客诉日=受理时间: by header, alias or id of the column. */
function applyPair(pair: string, mapping: Map<string, ColumnId>, terminal: Terminal): void {
  const at = pair.lastIndexOf("=");
  const header = pair.slice(0, at).trim();
  const wanted = pair.slice(at + 1).trim();
  if (at < 1 || header === "") throw new CliError(terminal.text("headers.bad-pair", { value: pair }));
  if (wanted === "") {
    mapping.delete(header);
    return;
  }
  const key = headerKey(wanted);
  const found = isColumnId(wanted)
    ? wanted
    : COLUMNS.find((c) => headerKey(c.header) === key || headerKey(c.alias) === key)?.id;
  if (found === undefined) throw new CliError(terminal.text("headers.no-such-column", { value: wanted }));
  mapping.set(header, found);
}
