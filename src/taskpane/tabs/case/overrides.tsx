import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import type { InputId, OutputId } from "../../../domain/columns.js";
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
export function Overrides({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, title } = useTexts();
  const columns = usePaneState((state) => state.overview?.columns);
  const busy = usePaneState((state) => state.phase !== "idle");
  const [values, setValues] = useState<Partial<Record<InputId, string>>>({});
  const present = OVERRIDES.filter(([id]) => columns?.some(([column]) => column === id));
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
              <Input
                size="small"
                value={values[id] ?? ""}
                placeholder={valueOf(explanation, output) ?? ""}
                onChange={(_, { value }) => {
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
