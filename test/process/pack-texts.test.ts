import { describe, expect, it } from "vitest";
import { process } from "../../src/process/process.js";
import type { Message } from "../../src/process/outcome.js";
import { add, clause, loaded, put, spoiled, text, type Spoil } from "../rules/small-pack.js";
import { inputOf } from "./process-rows.js";

const ALWAYS = { all: [{ fact: "always", operator: "equal", value: true }] };
const closeTelling = put("penalties.json/rules/2", {
  id: "note",
  clause,
  title: text("提示"),
  conditions: ALWAYS,
  event: {
    type: "message",
    params: { level: "info", text: { zh: "损失{loss}元，每次{fine}元", en: "{loss}, {fine}" } },
  },
});
const badQuantity = add("classification.json/rules", {
  id: "bad-quantity",
  clause,
  title: text("数量"),
  conditions: { all: [{ fact: "quantity", operator: "greaterThan", value: { parameter: "closeDays" } }] },
  event: {
    type: "invalid",
    params: { column: "quantity", text: { zh: "不得超过{closeDays}，请更正", en: "must not exceed {closeDays}" } },
  },
});

function messagesOn(cells: Record<string, string | number>, ...spoils: readonly Spoil[]): readonly Message[] {
  const pack = loaded(spoiled(...spoils));
  const input = inputOf([{ pack: "small", ...cells }]);
  return process({ ...input, packs: new Map([["small", pack]]) }).messages;
}

const texts = (messages: readonly Message[]): string[] => messages.map((message) => message.text);

describe("texts of a pack", () => {
  it("give a parameter's figure as it stood on the day of 受理时间, also years later", () => {
    const on = (receivedAt: string): string[] => texts(messagesOn({ receivedAt, loss: 1200 }, closeTelling));
    expect(on("2019-12-31T09:00")).toContain("损失1200.00元，每次50元");
    expect(on("2024-01-01T09:00")).toContain("损失1200.00元，每次100元");
  });

  it("name a parameter that is a sample", () => {
    const [sample] = texts(messagesOn({ receivedAt: "2021-06-01T09:00", loss: 1 }, closeTelling)).filter((one) =>
      one.includes("样例参数"),
    );
    expect(sample).toContain("罚款");
  });
});

describe("an invalid cell", () => {
  it("is named by sheet, cell, header and value, as an unreadable one is", () => {
    const message = messagesOn({ quantity: 8 }, badQuantity).find(({ column }) => column === "quantity");
    expect(message).toMatchObject({ row: 2, value: "8", level: "error" });
    expect(message!.text).toMatch(/^投诉台账!\w+2“数量”的值“8”有误：不得超过7，请更正$/);
  });

  it("is none where the value is allowed", () => {
    expect(messagesOn({ quantity: 7 }, badQuantity).filter(({ column }) => column === "quantity")).toEqual([]);
  });
});

describe("a complaint received before the pack's first day", () => {
  it("is told so, with the day, and nothing of the pack applies", () => {
    const pack = loaded();
    const input = inputOf([{ pack: "small", receivedAt: "2009-12-31T23:59" }]);
    const outcome = process({ ...input, packs: new Map([["small", pack]]) });
    expect(outcome.messages).toMatchObject([{ row: 2, column: "receivedAt", level: "warning" }]);
    expect(outcome.messages[0]!.text).toBe(
      "投诉台账!C2“受理时间”的值“2009-12-31 23:59”早于《小制度》的施行日2010-01-01，本行不适用其任何规定；请核对受理时间，或改用当时有效的制度",
    );
    expect(outcome.rows[0]!.outputs.closeDue).toBeUndefined();
  });

  it("is not told so on that day", () => {
    expect(texts(messagesOn({ receivedAt: "2010-01-01T00:00" })).filter((one) => one.includes("施行日"))).toEqual([]);
  });
});
