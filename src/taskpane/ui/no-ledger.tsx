import { Button, Field, makeStyles, Select, tokens } from "@fluentui/react-components";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { usePane, usePaneState, useTexts } from "./pane-context.js";
import { ButtonRow, Card, Hint, Section } from "./parts.js";

const MappingDialog = lazy(() => import("./mapping-dialog.js").then((module) => ({ default: module.MappingDialog })));

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
});

/** A workbook without a ledger: a new one is made in it, or its own headers are explained. */
export function NoLedger(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, language } = useTexts();
  const packs = usePaneState((state) => state.packs);
  const idle = usePaneState((state) => state.phase === "idle");
  const [chosen, setChosen] = useState<string>();
  const [mapping, setMapping] = useState(false);
  const pack = chosen ?? packs?.[0]?.header.id;
  return (
    <>
      <Section title={say("new.title")}>
        <Card padded>
          <div className={styles.stack}>
            <Field label={say("new.pack")}>
              <Select
                value={pack ?? ""}
                onChange={(_, { value }) => {
                  setChosen(value);
                }}
              >
                {packs?.map(({ header }) => (
                  <option key={header.id} value={header.id}>
                    {header.title[language]}
                  </option>
                ))}
              </Select>
            </Field>
            <Hint>{say("new.hint")}</Hint>
            <ButtonRow>
              <Button
                appearance="primary"
                disabledFocusable={!idle || pack === undefined}
                onClick={() => {
                  if (pack !== undefined) void pane.newLedger(pack);
                }}
              >
                {say("new.make")}
              </Button>
            </ButtonRow>
          </div>
        </Card>
      </Section>
      <Section title={say("mapping.title")}>
        <Card padded>
          <Hint>{say("mapping.no-ledger")}</Hint>
          <ButtonRow>
            <Button
              onClick={() => {
                setMapping(true);
              }}
            >
              {say("mapping.open")}
            </Button>
            <Button onClick={() => void pane.open()}>{say("process.read-again")}</Button>
          </ButtonRow>
        </Card>
      </Section>
      {mapping && (
        <Suspense>
          <MappingDialog
            onClose={() => {
              setMapping(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
