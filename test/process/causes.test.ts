import { describe, expect, test } from "vitest";
import { causesOf, causesToShow, causeText } from "../../src/process/causes.js";
import { judge } from "./process-rows.js";

const header = (): undefined => undefined;
const texts = (messages: Parameters<typeof causesOf>[0]): string[] =>
  causesToShow(messages).map((cause) => causeText(cause, header, "zh"));

describe("what is wrong is told by its cause", () => {
  const rows = [
    ...Array.from({ length: 75 }, (_, i) => ({ receivedAt: `说不清${i}` })),
    ...Array.from({ length: 75 }, () => ({ description: null })),
  ];
  const { messages } = judge(rows).outcome;
  const errors = causesOf(messages.filter(({ level }) => level === "error"));

  test("150 errors with two causes are two lines, with how many, where and how to mend them", () => {
    expect(messages.filter(({ level }) => level === "error")).toHaveLength(150);
    expect(errors.map(({ cause, column, count }) => ({ cause, column, count }))).toEqual([
      { cause: "cell.reason.not-a-date", column: "receivedAt", count: 75 },
      { cause: "cell.missing", column: "description", count: 75 },
    ]);
    expect(errors[0]!.rows).toEqual(Array.from({ length: 75 }, (_, i) => i + 2));
    const [line] = texts(messages);
    expect(line).toBe(
      "“受理时间”列有75格不是日期，请按2026-03-31或2026-03-31 14:05的样子填写（如“说不清0”、“说不清1”、“说不清2”）",
    );
  });

  test("one place is named by its own sentence", () => {
    const single = judge([{ receivedAt: "说不清" }]).outcome.messages;
    expect(texts(single)[0]).toBe(single[0]!.text);
  });

  test("another column, and another reason, is another cause", () => {
    const { messages: said } = judge([
      { revisitAt: "说不清", feedbackAt: "说不清" },
      { revisitAt: "2026-02-30" },
    ]).outcome;
    const unreadable = causesOf(said).filter(({ cause }) => cause.startsWith("cell.reason."));
    expect(unreadable.map(({ cause, column }) => `${cause} ${column}`).sort()).toEqual([
      "cell.reason.no-such-date revisitAt",
      "cell.reason.not-a-date feedbackAt",
      "cell.reason.not-a-date revisitAt",
    ]);
  });

  test("every message has a cause, and no information on single rows takes room", () => {
    expect(messages.every(({ cause }) => cause !== "")).toBe(true);
    expect(causesToShow(messages).every(({ level, rows: on }) => level !== "info" || on.length === 0)).toBe(true);
  });
});
