import { PUBLIC_KEY, type TrustedKey } from "../../domain/public-key.js";
import { CliError } from "../cli-error.js";
import { columnsText } from "../columns-text.js";
import type { Command } from "../command.js";
import { readPlain } from "../door/reading.js";
import { keepTrustedKeys, trustedKeys } from "../trusted-keys.js";
import type { Terminal } from "../terminal.js";

export const command: Command = {
  usage: "trust [KEY]",
  help: "help.trust",
  options: [
    { flags: "--name <NAME>", help: "help.trust-name" },
    { flags: "--remove", help: "help.trust-remove" },
  ],
  run: (call) => {
    const { optionalArgument: key, terminal } = call;
    if (key === undefined) return list(trustedKeys(), terminal);
    return call.isSet("remove") ? remove(key, terminal) : add(key, call.option("name"), terminal);
  },
};

/** `trust`: the public keys whose signatures on rule packs are believed on this machine. */
function list(keys: readonly TrustedKey[], terminal: Terminal): number {
  terminal.document({ keys });
  if (keys.length === 0) terminal.say("trust.none");
  for (const line of columnsText(keys.map(({ name, publicKey }) => [name, publicKey]))) terminal.line(line);
  return 0;
}

function add(word: string, named: string | undefined, terminal: Terminal): number {
  const name = named?.trim() ?? "";
  if (name === "") throw new CliError(terminal.text("trust.no-name"));
  const publicKey = keyOf(word, terminal);
  const others = trustedKeys().filter((key) => key.publicKey !== publicKey);
  return keep([...others, { name, publicKey }], terminal);
}

/** By its name or by the key itself. */
function remove(word: string, terminal: Terminal): number {
  const keys = trustedKeys();
  const left = keys.filter(({ name, publicKey }) => name !== word && publicKey !== word);
  if (left.length === keys.length) throw new CliError(terminal.text("trust.unknown", { value: word }));
  return keep(left, terminal);
}

function keep(keys: readonly TrustedKey[], terminal: Terminal): number {
  if (!keepTrustedKeys(keys)) throw new CliError(terminal.text("trust.not-kept"));
  return list(keys, terminal);
}

/** The key itself, or a file that holds nothing else (a signature.json will do as well). */
function keyOf(word: string, terminal: Terminal): string {
  const text = fileText(word) ?? word;
  const own = /"publicKey"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? text.trim();
  if (PUBLIC_KEY.test(own)) return own;
  throw new CliError(terminal.text("trust.no-key", { value: word }));
}

function fileText(path: string): string | undefined {
  try {
    return readPlain(path).toString("utf8");
  } catch {
    return undefined;
  }
}
