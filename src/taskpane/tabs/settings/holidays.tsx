import { Button, Field, Input, Select } from "@fluentui/react-components";
import { useState, type FormEvent, type ReactNode } from "react";
import { parseIso, toSerial } from "../../../domain/wall-time.js";
import type { TableWish } from "../../excel/pane-workbook.js";
import type { Overview } from "../../state/overview.js";
import { usePane, useTexts } from "../../ui/pane-context.js";
import { Action, ButtonRow, Card, Hint, RowList, Section } from "../../ui/parts.js";
import { useFormStyles } from "./form-styles.js";

const HOLIDAYS: TableWish = { table: "Holidays", sheet: "节假日", headers: ["日期", "类型", "名称"] };

/** 节假日: days that are other than the calendar says. */
export function Holidays({ overview: { holidays } }: { readonly overview: Overview }): ReactNode {
  const pane = usePane();
  const styles = useFormStyles();
  const { say } = useTexts();
  const [date, setDate] = useState("");
  const [kind, setKind] = useState("休");
  const [name, setName] = useState("");
  const serial = parseIso(date);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (serial === undefined) return;
    void pane.ledger.putLines(HOLIDAYS, [[toSerial(serial), kind, name.trim()]]).then((done) => {
      if (!done) return;
      setDate("");
      setName("");
    });
  };
  return (
    <Section
      title={say("settings.holidays")}
      {...(holidays ? { aside: say("count", { n: holidays.days.length }) } : {})}
    >
      <Card padded>
        <Hint>{say("settings.holidays-hint")}</Hint>
        <form className={styles.form} onSubmit={save}>
          <div className={styles.pair}>
            <Field label={say("settings.holiday-date")}>
              <Input
                type="date"
                value={date}
                onChange={(_, { value }) => {
                  setDate(value);
                }}
              />
            </Field>
            <Field label={say("settings.holiday-kind")}>
              <Select
                value={kind}
                onChange={(_, { value }) => {
                  setKind(value);
                }}
              >
                <option value="休">{say("settings.rest")}</option>
                <option value="班">{say("settings.work")}</option>
              </Select>
            </Field>
          </div>
          <Field label={say("settings.holiday-name")}>
            <Input
              value={name}
              onChange={(_, { value }) => {
                setName(value);
              }}
            />
          </Field>
          <ButtonRow>
            <Button type="submit" size="small" disabledFocusable={serial === undefined}>
              {say("settings.holiday-add")}
            </Button>
            {holidays && (
              <Action onClick={() => void pane.ledger.goTo(holidays.sheet, "A1")}>{say("settings.open-sheet")}</Action>
            )}
          </ButtonRow>
        </form>
      </Card>
      {holidays && holidays.days.length > 0 && (
        <RowList scrolls label={say("settings.holidays")} items={holidays.days} keyOf={({ date: day }) => day}>
          {(day) => `${day.date}  ${say(day.kind === "rest" ? "settings.rest" : "settings.work")}  ${day.name}`}
        </RowList>
      )}
    </Section>
  );
}
