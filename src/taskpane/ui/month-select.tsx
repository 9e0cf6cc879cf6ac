import { Field, Select } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { isoMonth, type WallTime } from "../../domain/wall-time.js";
import { useTexts } from "./pane-context.js";

/** The months up to `now`, the newest first. */
export function monthsUpTo(now: WallTime, count: number): string[] {
  const [year, month] = isoMonth(now).split("-").map(Number) as [number, number];
  return Array.from({ length: count }, (_, i) => {
    const index = year * 12 + month - 1 - i;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
  });
}

export function MonthSelect(props: {
  readonly months: readonly string[];
  readonly value: string;
  readonly onChange: (month: string) => void;
}): ReactNode {
  const { say } = useTexts();
  return (
    <Field label={say("month")}>
      <Select
        value={props.value}
        onChange={(_, { value }) => {
          props.onChange(value);
        }}
      >
        {props.months.map((month) => (
          <option key={month} value={month}>
            {month}
          </option>
        ))}
      </Select>
    </Field>
  );
}
