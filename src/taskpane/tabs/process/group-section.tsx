import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useRef, useState, type ReactNode } from "react";
import type { Delivery } from "../../excel/deliver.js";
import type { GroupState } from "../../state/pane-state.js";
import { Details } from "../../ui/details.js";
import { usePane, usePaneState, useTexts } from "../../ui/pane-context.js";
import { ButtonRow, Card, Hint, Message, RowList, Section } from "../../ui/parts.js";

const useStyles = makeStyles({
  hidden: { display: "none" },
  stack: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
});

/** 汇总多个工作簿: which workbooks are judged with the open one, and their copies after that. */
export function GroupSection({ isGroup }: { readonly isGroup: boolean }): ReactNode {
  const { say } = useTexts();
  const group = usePaneState((state) => state.group);
  // Of a workbook that is no group's yet it is one more thing it could be.
  if (!isGroup && !group)
    return (
      <Details summary={say("group.title")}>
        {() => (
          <>
            <Hint>{say("group.hint")}</Hint>
            <Chooser />
          </>
        )}
      </Details>
    );
  return (
    <Section title={say("group.title")}>
      {group ? <Gathered group={group} /> : <Message intent="info">{say("group.is-one")}</Message>}
      <Hint>{say("group.hint")}</Hint>
      <Chooser />
    </Section>
  );
}

function Chooser(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  const group = usePaneState((state) => state.group);
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <ButtonRow>
      <Button disabledFocusable={!idle} onClick={() => chooser.current?.click()}>
        {say(group ? "group.again" : "group.choose")}
      </Button>
      {group && (
        <Button disabledFocusable={!idle} onClick={() => void pane.group.leave()}>
          {say("group.leave")}
        </Button>
      )}
      <input
        ref={chooser}
        type="file"
        multiple
        accept=".xlsx,.xlsm"
        className={styles.hidden}
        aria-label={say("group.choose")}
        tabIndex={-1}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // The same files may be chosen again after they were changed.
          target.value = "";
          void pane.group.gather(pane.ledger, files);
        }}
      />
    </ButtonRow>
  );
}

function Gathered({ group }: { readonly group: GroupState }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const pane = usePane();
  const idle = usePaneState((state) => state.phase === "idle");
  const { members, unread, severalSheets, behind } = group;
  const rows = members.reduce((sum, { rows: own }) => sum + own, 0);
  return (
    <div className={styles.stack}>
      <Details summary={say("group.read", { n: members.length, rows })}>
        {() => (
          <RowList scrolls label={say("group.title")} items={members} keyOf={({ file }) => file}>
            {(member) => say("group.shop", { ...member })}
          </RowList>
        )}
      </Details>
      {unread.length > 0 && (
        <Message intent="warning">
          {say("group.unread")}
          <ul>
            {unread.map((one) => (
              <li key={one.file}>{say("group.unread-one", { ...one })}</li>
            ))}
          </ul>
        </Message>
      )}
      {severalSheets && (
        <>
          <Hint>{say("group.all-sheets-hint")}</Hint>
          <ButtonRow>
            <Button disabledFocusable={!idle} onClick={() => void pane.group.gatherAllSheets(pane.ledger)}>
              {say("group.all-sheets")}
            </Button>
          </ButtonRow>
        </>
      )}
      {behind !== undefined && <Copies behind={behind} />}
    </div>
  );
}

/** The shops' workbooks as they ought to be, to be put in their places by hand. */
function Copies({ behind }: { readonly behind: number }): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  const [made, setMade] = useState<{ readonly file: string; readonly delivery: Delivery }>();
  const save = async (): Promise<void> => {
    const file = await pane.group.copies();
    const delivery = file && (await pane.papers.deliver(file));
    if (delivery) setMade({ file: file.name, delivery });
  };
  if (behind === 0) return <Hint>{say("group.copies-none")}</Hint>;
  return (
    <Card padded>
      <Hint>{say("group.copies-hint")}</Hint>
      <ButtonRow>
        <Button disabledFocusable={!idle} onClick={() => void save()}>
          {say("group.copy-all", { n: behind })}
        </Button>
      </ButtonRow>
      <div role="status">
        {made && (
          <Message intent={made.delivery === "neither" ? "error" : "success"}>
            {made.delivery === "neither" ? say("group.not-saved") : say("group.saved", { file: made.file })}
          </Message>
        )}
      </div>
    </Card>
  );
}
