import { mkdirSync, writeFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { BatchError } from "../../src/batch/batch-error.js";
import { unlessDiskIsFull } from "../../src/batch/full-disk.js";
import { Scratch } from "../../src/batch/scratch.js";
import { outputKind, outputPath } from "../../src/batch/outputs.js";
import { asTable, inFolder, sample } from "./tables.js";

const { input: INPUT } = sample();

/** The sentence a batch ends with. */
async function refusal(name: string, content: string | Buffer): Promise<string> {
  return inFolder(async (at) => {
    writeFileSync(at(name), content);
    return asTable(at(name), INPUT).then(
      () => "went through",
      (error: unknown) => {
        if (error instanceof BatchError) return error.text("zh");
        throw error;
      },
    );
  });
}

it.each([
  ["a table without 受理时间", "in.csv", "投诉内容\n坏了\n", "受理时间"],
  ["a table without 投诉内容", "in.jsonl", '{"受理时间":"2026-03-02"}\n', "投诉内容"],
  ["a workbook", "in.xlsx", "PK", "process"],
  ["broken JSON", "in.jsonl", '{"受理时间":\n', "JSON"],
  ["a Parquet file that is none", "in.parquet", "not parquet", "Parquet"],
])("%s is refused in one sentence", async (_what, name, content, says) => {
  const text = await refusal(name, content);
  expect(text).toContain(says);
  expect(text.split("\n")).toHaveLength(1);
});

it("a Parquet file without 受理时间 is refused in one sentence, as other tables are", async () => {
  await inFolder(async (at) => {
    const instance = await DuckDBInstance.create(":memory:");
    const database = await instance.connect();
    await database.run(`COPY (SELECT '坏了' AS 投诉内容) TO '${at("in.parquet")}' (FORMAT parquet)`);
    database.closeSync();
    const error: unknown = await asTable(at("in.parquet"), INPUT).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(BatchError);
    const text = (error as BatchError).text("zh");
    expect(text).toMatch(/没有“受理时间”这一列/);
    expect(text.split("\n")).toHaveLength(1);
  });
});

it("a text in no encoding of ours is refused", async () => {
  expect(await refusal("in.csv", Buffer.from([0xff, 0xff, 0x2c]))).toContain("UTF-8");
});

it("a folder with data of two kinds, or of none, is refused; other programs' files in it are passed over", async () => {
  await inFolder(async (at) => {
    mkdirSync(at("parts"));
    writeFileSync(at("parts/~$a.csv"), "x");
    writeFileSync(at("parts/readme.md"), "x");
    await expect(asTable(at("parts"), INPUT)).rejects.toThrow(BatchError);
    writeFileSync(at("parts/a.csv"), "受理时间,投诉内容\n2026-03-02 09:00,坏了\n");
    writeFileSync(at("parts/b.csv"), "投诉内容,受理时间\n漏水,2026-03-03 09:00\n");
    const { rows } = await asTable(at("parts"), INPUT);
    expect(rows).toHaveLength(2);
    writeFileSync(at("parts/c.jsonl"), "{}\n");
    await expect(asTable(at("parts"), INPUT)).rejects.toThrow(BatchError);
  });
});

it("outcomes stand beside each other under names of their own", () => {
  expect(outputPath("out/a.jsonl", "jsonl", "rows")).toBe("out/a.jsonl");
  expect(outputPath("out/a.jsonl", "jsonl", "penalties")).toBe("out/a.penalties.jsonl");
  expect(outputPath("out/a.duckdb", "duckdb", "deductions")).toBe("out/a.duckdb");
  expect(() => outputKind("out/a.xlsx")).toThrow(BatchError);
});

it("a full disk is told as such, not as a table that can't be read", async () => {
  for (const error of [
    Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }),
    new Error('TransactionContext Error: Could not write file "/d/work.duckdb.wal": No space left on device'),
    new Error('IO Error: Could not write file "/d/work.duckdb": Disk quota exceeded'),
  ]) {
    const told = unlessDiskIsFull(error, "/d");
    expect(told).toBeInstanceOf(BatchError);
    expect((told as BatchError).text("zh")).toMatch(/^磁盘已满或超出配额（“\/d”/);
  }
  const other = new Error("Invalid Input Error");
  expect(unlessDiskIsFull(other, "/d")).toBe(other);

  // What a stream says of the disk reaches whoever writes next, or closes.
  await inFolder(async (at) => {
    const lines = new Scratch(at("scratch")).lines("a.jsonl");
    const stream = Reflect.get(lines, "stream") as NodeJS.EventEmitter;
    await lines.put("1\n");
    stream.emit("error", Object.assign(new Error("full"), { code: "EDQUOT" }));
    await expect(lines.put("2\n")).rejects.toThrow("full");
    await expect(lines.close()).rejects.toThrow("full");
  });
});
