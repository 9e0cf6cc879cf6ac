import { Button, Field, Input } from "@fluentui/react-components";
import { useId, useState, type FormEvent, type ReactNode } from "react";
import type { TableWish } from "../../excel/pane-workbook.js";
import { PERSON_FIELDS, type Overview, type PersonField } from "../../state/overview.js";
import { Details } from "../../ui/details.js";
import { usePane, usePaneState, useTexts } from "../../ui/pane-context.js";
import { Action, ButtonRow, Card, Hint, Section } from "../../ui/parts.js";
import { useFormStyles } from "./form-styles.js";

const PEOPLE: TableWish = {
  table: "People",
  sheet: "人员",
  headers: ["姓名", ...PERSON_FIELDS],
};

const NUMERIC: ReadonlySet<PersonField> = new Set(["基点数", "月绩效奖金", "月工资"]);

/** 人员: how many are known and what they lack; one of them can be changed or added. */
export function People({ overview: { people } }: { readonly overview: Overview }): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  return (
    <Section
      title={say("settings.people")}
      {...(people ? { aside: say("deductions.persons", { n: people.known }) } : {})}
    >
      <Card padded>
        {people && people.withoutWage > 0 && <Hint>{say("settings.people-lacking", { n: people.withoutWage })}</Hint>}
        {!people && <Hint>{say("settings.no-people")}</Hint>}
        {people && (
          <Action onClick={() => void pane.ledger.goTo(people.sheet, "A1")}>{say("settings.open-sheet")}</Action>
        )}
        <Details summary={say("settings.person-edit")}>
          <PersonForm people={people} />
        </Details>
      </Card>
    </Section>
  );
}

/** One person of 人员: a known name brings what is known and changes it, a new one adds a line. */
function PersonForm({ people }: { readonly people: Overview["people"] }): ReactNode {
  const pane = usePane();
  const styles = useFormStyles();
  const { say } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  const [name, setName] = useState("");
  const [typed, setTyped] = useState<Partial<Record<PersonField, string>>>({});
  const list = useId();
  const names = Object.keys(people?.lines ?? {});
  const key = name.trim();
  const known = people && Object.hasOwn(people.lines, key) ? people.lines[key] : undefined;
  const valueOf = (field: PersonField): string => typed[field] ?? known?.[field] ?? "";
  const isWrong = (field: PersonField): boolean => {
    const text = valueOf(field).trim();
    return NUMERIC.has(field) && text !== "" && !/^\d+(\.\d+)?$/.test(text);
  };
  const ready = idle && key !== "" && !PERSON_FIELDS.some(isWrong) && (!known || Object.keys(typed).length > 0);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    const cells = PERSON_FIELDS.map((field) => {
      const text = valueOf(field).trim();
      return NUMERIC.has(field) && text !== "" ? Number(text) : text;
    });
    void pane.ledger.putLines(PEOPLE, [[key, ...cells]]).then((done) => {
      if (!done) return;
      setName("");
      setTyped({});
    });
  };
  return (
    <form className={styles.form} onSubmit={save}>
      <Field label={say("settings.person")} hint={say("settings.person-hint")}>
        <Input
          value={name}
          list={list}
          autoComplete="off"
          onChange={(_, { value }) => {
            setName(value);
            setTyped({});
          }}
        />
      </Field>
      <datalist id={list}>
        {names.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <div className={styles.pair}>
        {PERSON_FIELDS.map((field) => (
          <Field
            key={field}
            label={say(`person.${field}`)}
            {...(isWrong(field) ? { validationMessage: say("person.not-a-number") } : {})}
          >
            <Input
              value={valueOf(field)}
              {...(NUMERIC.has(field) ? { inputMode: "decimal" as const } : {})}
              onChange={(_, { value }) => {
                setTyped({ ...typed, [field]: value });
              }}
            />
          </Field>
        ))}
      </div>
      <ButtonRow>
        <Button type="submit" size="small" disabledFocusable={!ready}>
          {say(known ? "settings.person-save" : "settings.person-add")}
        </Button>
      </ButtonRow>
    </form>
  );
}
