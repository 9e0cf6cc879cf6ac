import { Button } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import type { SheetsReading } from "../../jobs/read-pack-sheets.js";
import { Effects } from "./effects.js";
import { usePane, useTexts } from "./pane-context.js";
import { ButtonRow, Hint, Message, RowList } from "./parts.js";

/** 在工作表中编辑 and 读回: the pack as sheets of this workbook, read with its cases and its effect, then saved. */
export function PackSheets({ id }: { readonly id: string }): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const [made, setMade] = useState<"made" | "there">();
  const [reading, setReading] = useState<SheetsReading>();
  const [saved, setSaved] = useState(false);
  const open = async (): Promise<void> => {
    setReading(undefined);
    setSaved(false);
    setMade(await pane.sheets.open(id));
  };
  const read = async (): Promise<void> => {
    setMade(undefined);
    setSaved(false);
    setReading(await pane.sheets.read());
  };
  return (
    <>
      <ButtonRow>
        <Button size="small" onClick={() => void open()}>
          {say("sheets.open")}
        </Button>
        <Button size="small" onClick={() => void read()}>
          {say("sheets.read")}
        </Button>
      </ButtonRow>
      <div role="status">
        {made === "made" && <Message intent="success">{say("sheets.made")}</Message>}
        {made === "there" && <Message intent="warning">{say("sheets.there")}</Message>}
        {saved && <Message intent="success">{say("sheets.saved")}</Message>}
        {!saved && reading?.kind === "problems" && <Problems lines={reading.lines} />}
        {!saved && reading?.kind === "read" && (
          <Found
            reading={reading}
            onSave={() => {
              void pane.sheets.save(reading).then(setSaved);
            }}
          />
        )}
      </div>
    </>
  );
}

function Problems({ lines }: { readonly lines: readonly string[] }): ReactNode {
  const { say } = useTexts();
  return (
    <>
      <Message intent="error">{say("sheets.problems", { n: lines.length })}</Message>
      <RowList scrolls label={say("editor.problems")} items={lines} keyOf={(_, i) => String(i)}>
        {(line) => line}
      </RowList>
    </>
  );
}

function Found(props: {
  readonly reading: Extract<SheetsReading, { kind: "read" }>;
  readonly onSave: () => void;
}): ReactNode {
  const { say } = useTexts();
  const { changed, cases, comparison } = props.reading;
  return (
    <>
      <Message intent={cases.failed === 0 ? "success" : "error"}>
        {cases.failed === 0
          ? say("cases.passed", { n: cases.total })
          : say("cases.failed", { n: cases.total, failed: cases.failed })}
      </Message>
      {changed ? comparison && <Effects comparison={comparison} /> : <Hint>{say("sheets.unchanged")}</Hint>}
      <ButtonRow>
        <Button size="small" appearance="primary" disabledFocusable={!changed} onClick={props.onSave}>
          {say("editor.save")}
        </Button>
      </ButtonRow>
    </>
  );
}
