import { Button, Field, Input, makeStyles, Select, tokens } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import type { InputId, OutputId } from "../../../domain/columns.js";
import type { JudgedRow } from "../../../jobs/judge-row.js";
import type { Explanation } from "../../../process/explanation.js";
import { usePane, usePaneState, useTexts } from "../../ui/pane-context.js";
import { ButtonRow, Card, Hint, Section } from "../../ui/parts.js";
import { valueOf } from "./explained-values.js";

const OVERRIDES: readonly (readonly [InputId, OutputId])[] = [
  ["categoryOverride", "category"],
  ["levelOverride", "level"],
  ["departmentOverride", "department"],
];

const useStyles = makeStyles({
  overrides: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
});

/** What a person decides otherwise: written into the ledger's override columns, which go before all rules. */
export function Overrides(props: {
  readonly explanation: Explanation;
  readonly overrides: JudgedRow["overrides"];
}): ReactNode {
  const { explanation, overrides } = props;
  const pane = usePane();
  const styles = useStyles();
  const { say, title } = useTexts();
  const columns = usePaneState((state) => state.overview?.columns);
  const busy = usePaneState((state) => state.phase !== "idle");
  const [values, setValues] = useState<Partial<Record<InputId, string>>>({});
  const present = OVERRIDES.filter(
    ([id]) => columns?.some(([column]) => column === id) && overrides.some((one) => one.id === id),
  );
  if (present.length === 0) return null;
  return (
    <Section title={say("case.override")}>
      <Card padded>
        <form
          className={styles.overrides}
          onSubmit={(event) => {
            event.preventDefault();
            void pane.selected.setInputs(values).then(() => {
              setValues({});
            });
          }}
        >
          {present.map(([id, output]) => (
            <Field key={id} label={title(id)} size="small">
              <Choice
                {...overrides.find((one) => one.id === id)!}
                value={values[id]}
                decided={valueOf(explanation, output) ?? ""}
                onChange={(value) => {
                  setValues({ ...values, [id]: value });
                }}
              />
            </Field>
          ))}
          <Hint>{say("case.override-hint")}</Hint>
          <ButtonRow>
            <Button type="submit" size="small" disabled={busy || Object.keys(values).length === 0}>
              {say("case.override-save")}
            </Button>
          </ButtonRow>
        </form>
      </Card>
    </Section>
  );
}

/** The labels of the pack to choose from; where it has none, the words are the person's own. */
function Choice(props: {
  readonly values: readonly string[];
  /** What stands in the column. */
  readonly chosen: string;
  /** What was chosen here; undefined: nothing yet. */
  readonly value: string | undefined;
  readonly decided: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { say } = useTexts();
  const { values, chosen, value = chosen, decided, onChange } = props;
  if (values.length === 0)
    return (
      <Input
        size="small"
        value={value}
        placeholder={decided}
        onChange={(_, { value: typed }) => {
          onChange(typed);
        }}
      />
    );
  return (
    <Select
      size="small"
      value={value}
      onChange={(_, { value: picked }) => {
        onChange(picked);
      }}
    >
      <option value="">{say("case.override-none", { decided: decided === "" ? say("blank") : decided })}</option>
      {chosen !== "" && !values.includes(chosen) && <option value={chosen}>{chosen}</option>}
      {values.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </Select>
  );
}
