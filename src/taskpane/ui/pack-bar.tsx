import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { PackDifference } from "../../jobs/workbook-packs.js";
import { Details } from "./details.js";
import { usePane, usePaneState, useTexts } from "./pane-context.js";
import { ButtonRow, Hint, Message } from "./parts.js";

const useStyles = makeStyles({
  root: { marginBottom: tokens.spacingVerticalM },
  buttons: { marginTop: tokens.spacingVerticalS },
  list: { margin: "0", paddingLeft: tokens.spacingHorizontalL, overflowWrap: "anywhere" },
});

/** Packs that the workbook carries and nobody has confirmed: what differs, and whether to use them. */
export function PackBar(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const question = usePaneState((state) => state.packQuestion);
  const idle = usePaneState((state) => state.phase === "idle");
  return (
    <div role="status" className={question ? styles.root : undefined}>
      {question && (
        <Message intent="warning">
          {say("pack-bar.title")}
          {question.packs.map((pack) => (
            <Difference key={pack.digest} pack={pack} />
          ))}
          <div className={styles.buttons}>
            <ButtonRow>
              <Button size="small" disabledFocusable={!idle} onClick={() => void pane.packs.answer(true)}>
                {say("pack-bar.use")}
              </Button>
              <Button size="small" disabledFocusable={!idle} onClick={() => void pane.packs.answer(false)}>
                {say("pack-bar.ignore")}
              </Button>
            </ButtonRow>
          </div>
          <Hint>{say("pack-bar.where")}</Hint>
        </Message>
      )}
    </div>
  );
}

function Difference({ pack }: { readonly pack: PackDifference }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const { id, title, replaces, files, parameters, problem, signature } = pack;
  const named = title === id ? id : `${title} ${id}`;
  const none = say("pack-bar.none");
  return (
    <>
      <p>{say(replaces ? "pack-bar.replaces" : "pack-bar.additional", { title: named })}</p>
      {problem !== undefined && <p>{problem}</p>}
      <p>{say("pack-bar.signature", { signature: signature ?? say("pack-bar.unsigned") })}</p>
      <Details summary={say("pack-bar.differs", { n: parameters.length + files.length })}>
        <ul className={styles.list}>
          {parameters.map(({ name, title: what, before = none, after = none }) => (
            <li key={name}>{say("pack-bar.parameter", { title: what, before, after })}</li>
          ))}
          {files.map(({ path, change }) => (
            <li key={path}>{say(`pack-bar.file.${change}`, { path })}</li>
          ))}
        </ul>
      </Details>
    </>
  );
}
