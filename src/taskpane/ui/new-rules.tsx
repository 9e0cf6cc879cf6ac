import { Button, Field, Input, Textarea } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import type { MadePack } from "../../worker/messages.js";
import { usePane, useTexts } from "./pane-context.js";
import { ButtonRow, Hint, Message, RowList } from "./parts.js";

/** 新建制度: a questionnaire as a text of lines; what it makes is kept in the workbook. */
export function NewRules({ onMade }: { readonly onMade: (id: string) => void }): ReactNode {
  const pane = usePane();
  const { say, language } = useTexts();
  const [text, setText] = useState<string>();
  const [id, setId] = useState("");
  const [made, setMade] = useState<MadePack>();
  const open = async (): Promise<void> => {
    setMade(undefined);
    await pane.work.attempt(async () => {
      setText(await pane.worker.call("questionnaire", { language }));
    });
  };
  const make = async (): Promise<void> => {
    await pane.work.attempt(async () => {
      const found = await pane.worker.call("newPack", { id, text: text ?? "", language });
      setMade(found);
      if (found.kind !== "made" || !(await pane.packs.save(id, found.files))) return;
      setText(undefined);
      onMade(id);
    });
  };
  return (
    <>
      {text === undefined ? (
        <ButtonRow>
          <Button size="small" onClick={() => void open()}>
            {say("new-rules.open")}
          </Button>
        </ButtonRow>
      ) : (
        <>
          <Field label={say("new-rules.id")}>
            <Input
              value={id}
              onChange={(_, { value }) => {
                setId(value.trim());
              }}
            />
          </Field>
          <Field label={say("new-rules.text")}>
            <Textarea
              value={text}
              rows={16}
              resize="vertical"
              onChange={(_, { value }) => {
                setText(value);
              }}
            />
          </Field>
          <Hint>{say("new-rules.hint")}</Hint>
          <ButtonRow>
            <Button size="small" appearance="primary" disabledFocusable={id === ""} onClick={() => void make()}>
              {say("new-rules.make")}
            </Button>
            <Button
              size="small"
              onClick={() => {
                setText(undefined);
                setMade(undefined);
              }}
            >
              {say("new-rules.close")}
            </Button>
          </ButtonRow>
        </>
      )}
      <div role="status">
        {made?.kind === "problems" && (
          <>
            <Message intent="error">{say("new-rules.problems", { n: made.lines.length })}</Message>
            <RowList scrolls label={say("editor.problems")} items={made.lines} keyOf={(_, i) => String(i)}>
              {(line) => line}
            </RowList>
          </>
        )}
        {made?.kind === "made" && (
          <Message intent="success">{say("new-rules.made", { rules: made.rules, cases: made.cases })}</Message>
        )}
      </div>
    </>
  );
}
