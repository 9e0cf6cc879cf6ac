import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { dayOfTime, isoDate } from "../../domain/wall-time.js";
import { FILE_SCHEMAS } from "../../rules/file-schemas.js";
import { loadPack } from "../../rules/load-pack.js";
import { SIGNATURE_FILE, signedBytes, type SignatureFile, type SignedContent } from "../../rules/signature.js";
import { CliError } from "../cli-error.js";
import { NOW, type Command } from "../command.js";
import { packFolders, readPackFiles, type PackFolder } from "../pack-files.js";
import { refuseProblems } from "../rules-folder.js";
import type { Terminal } from "../terminal.js";
import { letOutFile, readBytes, withSecretFile } from "../workbook-file.js";

export const command: Command = {
  usage: "sign <PACK>",
  help: "help.sign",
  options: [
    { flags: "--key <KEY.pem>", help: "help.sign-key", required: true },
    { flags: "--signer <NAME>", help: "help.sign-signer", required: true },
    { flags: "--new-key", help: "help.sign-new-key" },
    NOW,
  ],
  run: (call) => {
    const { argument, terminal, now } = call;
    const by = { signer: call.value("signer").trim(), signedOn: isoDate(dayOfTime(now)) };
    const content = contentToSign(argument, by.signer, terminal);
    const file = call.value("key");
    if (!call.isSet("newKey")) return signPack(content, readKey(file, terminal), by, terminal);
    const { privateKey } = generateKeyPairSync("ed25519");
    // A key without the signature that it was made for would be a secret that nobody knows of.
    withSecretFile(file, String(privateKey.export({ type: "pkcs8", format: "pem" })), terminal, () =>
      signPack(content, privateKey, by, terminal),
    );
    terminal.say("sign.key-made", { file });
    return 0;
  },
};

interface ToSign {
  readonly pack: PackFolder;
  readonly content: SignedContent;
}

/** The rule files of one pack, with which nothing is wrong: whatever could refuse does so before a key is made. */
function contentToSign(folder: string, signer: string, terminal: Terminal): ToSign {
  if (signer === "") throw new CliError(terminal.text("sign.no-signer"));
  const [pack, another] = packFolders(folder, terminal);
  if (!pack || another) throw new CliError(terminal.text("sign.one-pack", { folder }));
  const files = readPackFiles(pack, { cases: true }, terminal);
  const loaded = loadPack(pack.name, files);
  if ("problems" in loaded) refuseProblems(loaded.problems, terminal);
  return { pack, content: contentOf(files) };
}

/** Puts a signature beside the rule files of a pack. */
function signPack(
  { pack, content }: ToSign,
  key: KeyObject,
  by: Pick<SignatureFile, "signer" | "signedOn">,
  terminal: Terminal,
): number {
  const publicKey = publicKeyOf(key);
  const signature = sign(null, signedBytes(content, by), key).toString("base64");
  const file: SignatureFile = { ...by, publicKey, signature };
  const path = join(pack.path, SIGNATURE_FILE);
  const bytes = Buffer.from(`${JSON.stringify(file, null, 2)}\n`);
  const read = existsSync(path) ? [readBytes(path, terminal).reading] : [];
  letOutFile({ leave: "no-ledger", path, bytes, place: read.length > 0 ? "in-place" : "new", read }, terminal);
  terminal.document({ pack: pack.name, ...by, publicKey });
  terminal.say("sign.done", { file: path, signer: by.signer });
  terminal.say("sign.trust", { key: publicKey, signer: by.signer });
  return 0;
}

/** Rule files by path, parsed: the loader has found nothing wrong with them. */
function contentOf(files: ReadonlyMap<string, string>): SignedContent {
  return [...files].flatMap(([path, text]): [string, unknown][] =>
    path !== SIGNATURE_FILE && Object.hasOwn(FILE_SCHEMAS, path) ? [[path, JSON.parse(text)]] : [],
  );
}

function publicKeyOf(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: "jwk" });
  return Buffer.from(x ?? "", "base64url").toString("base64");
}

function readKey(file: string, terminal: Terminal): KeyObject {
  const { bytes } = readBytes(file, terminal);
  try {
    const key = createPrivateKey(Buffer.from(bytes));
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch {
    // The same sentence as for a key of another kind.
  }
  throw new CliError(terminal.text("sign.no-key", { file }));
}
