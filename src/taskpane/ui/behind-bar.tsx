import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { usePane, usePaneState, useTexts } from "./pane-context.js";
import { Message } from "./parts.js";

const useStyles = makeStyles({
  root: { marginBottom: tokens.spacingVerticalM },
  button: { display: "block", marginTop: tokens.spacingVerticalXS },
});

/** 需重新处理: says so on every tab for as long as our tables and totals are behind the rows, with the way to renew them. */
export function BehindBar(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const behind = usePaneState((state) => state.behind);
  const idle = usePaneState((state) => state.phase === "idle");
  return (
    <div role="status" className={behind ? styles.root : undefined}>
      {behind && (
        <Message intent="warning">
          {say("behind.text")}
          <Button
            size="small"
            className={styles.button}
            disabledFocusable={!idle}
            onClick={() => void pane.ledger.process()}
          >
            {say("behind.renew")}
          </Button>
        </Message>
      )}
    </div>
  );
}
