import { cellPlace, rowsPlace } from "./cell-place.js";
import type { InputId } from "../domain/columns.js";
import type { ProcessInput } from "./input.js";
import type { Message } from "./outcome.js";
import { say, type SentenceKey } from "./sentences.js";

/** What is to be said of a row for how it stands among the others: its number, the one it follows. */
export class StandingRemarks {
  constructor(private readonly input: Pick<ProcessInput, "place" | "language">) {}

  /** The running number no longer fits its width. */
  overflow(row: number, id: string): Message {
    return this.message(row, { column: "id" }, "id.overflow", { id });
  }

  /** Other rows of the same pack bear this number. */
  duplicate(row: number, id: string, rows: readonly number[]): Message {
    return this.message(row, { column: "id", value: id }, "id.duplicate", {
      id,
      rows: rowsPlace(rows, row, this.input.place),
    });
  }

  /** No row of the same pack bears the number in 原投诉编号. */
  followsNobody(row: number, value: string): Message {
    const params = { ...cellPlace(row, "followsId", this.input.place), value };
    return this.message(row, { column: "followsId", value }, "follow.unknown", params);
  }

  /** Other rows continue the same complaint beside it. */
  sideBySide(row: number, value: string | undefined, rows: readonly number[]): Message {
    const { place } = this.input;
    const params = { ...cellPlace(row, "followsId", place), value: value ?? "", rows: rowsPlace(rows, row, place) };
    const cell = value === undefined ? {} : { value };
    return this.message(row, { column: "followsId", ...cell }, "follow.several", params);
  }

  /** It may be an earlier complaint over again. */
  mayRepeat(
    row: number,
    repeat: { readonly id: string; readonly agreesIn: readonly InputId[]; readonly days: number },
  ): Message {
    const { language, place } = this.input;
    const names = repeat.agreesIn.map((id) => cellPlace(row, id, place).header);
    const params = { id: repeat.id, days: repeat.days, agrees: names.join(say(language, "list.and")) };
    return this.message(row, { column: "repeated" }, "repeat.proposed", params);
  }

  private message(
    row: number,
    cell: Pick<Message, "column" | "value">,
    cause: SentenceKey,
    params: Readonly<Record<string, string | number>>,
  ): Message {
    return { row, ...cell, level: "warning", cause, text: say(this.input.language, cause, params) };
  }
}
