import { Button } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { ALL_SHEETS } from "../../ledger/joined-sheets.js";
import { usePane, usePaneState, useTexts } from "./pane-context.js";
import { ButtonRow, Card, Hint, Section } from "./parts.js";

/** Several sheets look like the ledger: a press says which is read; it is kept in the workbook. */
export function SheetChoice({ names }: { readonly names: readonly string[] }): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  return (
    <Section title={say("sheets.title")} aside={String(names.length)}>
      <Card padded>
        <Hint>{say("sheets.hint")}</Hint>
        <ButtonRow>
          {names.map((sheet) => (
            <Button
              key={sheet}
              size="small"
              disabledFocusable={!idle}
              onClick={() => void pane.ledger.answer({ kind: "sheet", sheet })}
            >
              {sheet}
            </Button>
          ))}
          <Button
            size="small"
            disabledFocusable={!idle}
            onClick={() => void pane.ledger.answer({ kind: "sheet", sheet: ALL_SHEETS })}
          >
            {say("sheets.all")}
          </Button>
        </ButtonRow>
      </Card>
    </Section>
  );
}
