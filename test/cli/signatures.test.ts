import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { BUILT_IN_RULES } from "../../src/cli/pack-files.js";
import { GOOD_ROWS, NOW, readLedger, useFolder, writeLedger, type Run } from "./command.js";
import { tiaoliHere } from "./here.js";

/** A pack that somebody signed: who stands for it, and that it was changed since, is seen wherever it is used. */

const at = useFolder();
const pack = (): string => at(join("rules", "general"));
const parameters = (): string => join(pack(), "parameters.json");
const call = (...args: string[]): Promise<Run> => tiaoliHere(args, { TIAOLI_CONFIG_DIR: at("config") });

beforeEach(() => {
  cpSync(join(BUILT_IN_RULES, "general"), pack(), { recursive: true });
});

async function signed(): Promise<string> {
  const run = await call(
    "sign",
    pack(),
    "--key",
    at("key.pem"),
    "--new-key",
    "--signer",
    "审计部",
    "--now",
    NOW,
    "--json",
  );
  expect(run.code).toBe(0);
  return (JSON.parse(run.stdout) as { publicKey: string }).publicKey;
}

/** The least change there is: one figure of the rules. */
function change(): void {
  const text = readFileSync(parameters(), "utf8");
  const next = text.replace(
    /("value": )(\d+)/,
    (_, before: string, figure: string) => `${before}${Number(figure) + 1}`,
  );
  expect(next).not.toBe(text);
  writeFileSync(parameters(), next);
}

describe("a signed pack", () => {
  it("is known by a key that is trusted here, and by no other", async () => {
    const key = await signed();
    const unknown = await call("packs", "--rules", at("rules"));
    expect(unknown.stdout).toContain(`本机不认识这把公钥（${key}）`);
    expect((await call("trust", key, "--name", "集团审计部")).code).toBe(0);
    expect((await call("packs", "--rules", at("rules"))).stdout).toContain(
      "由“集团审计部”于2026-03-31签名，签名之后没有改动",
    );
    expect((await call("trust", "集团审计部", "--remove")).stdout).toContain("还没有信任任何签名公钥");
    expect((await call("packs", "--rules", at("rules"))).stdout).toContain("本机不认识");
  });

  it("stays signed however its files are laid out", async () => {
    await signed();
    writeFileSync(parameters(), JSON.stringify(JSON.parse(readFileSync(parameters(), "utf8"))));
    expect((await call("check", at("rules"))).code).toBe(0);
  });

  it("changed by one figure fails its check, and says so in the workbook it judges", async () => {
    await signed();
    change();
    const check = await call("check", at("rules"));
    expect(check.code).toBe(1);
    expect(check.stdout).toContain("✗ 签名之后被人改过：“审计部”于2026-03-31签名时不是现在的内容");
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const run = await call("process", at("in.xlsx"), "--rules", at("rules"), "--pack", "general", "--now", NOW);
    expect(run.stdout).toContain("在“审计部”于2026-03-31签名之后被人改过");
    const problems = readLedger(at("in.xlsx"))
      .sideTables.get("Problems")
      ?.rows.flatMap(({ cells }) => cells);
    expect(JSON.stringify(problems)).toContain("签名之后被人改过");
  });

  it("with another signer's name or day written in is changed as well", async () => {
    await signed();
    const file = join(pack(), "signature.json");
    writeFileSync(file, readFileSync(file, "utf8").replace("审计部", "总经理"));
    expect((await call("check", at("rules"))).stdout).toContain("签名之后被人改过");
  });

  it("signed anew holds again; the key is never made over", async () => {
    await signed();
    change();
    const again = await call("sign", pack(), "--key", at("key.pem"), "--signer", "审计部", "--now", NOW);
    expect(again.code).toBe(0);
    expect((await call("check", at("rules"))).stdout).not.toContain("改过");
    const over = await call("sign", pack(), "--key", at("key.pem"), "--new-key", "--signer", "审计部");
    expect(over).toMatchObject({ code: 2 });
  });

  it("can't be signed with what is no key, or without a name", async () => {
    writeFileSync(at("no.pem"), "nothing");
    expect(await call("sign", pack(), "--key", at("no.pem"), "--signer", "审计部")).toMatchObject({ code: 2 });
    expect(await call("sign", pack(), "--key", at("k.pem"), "--new-key", "--signer", " ")).toMatchObject({ code: 2 });
    expect((await call("trust", "abc", "--name", "审计部")).stderr).toContain("“abc”不是公钥");
  });
});
