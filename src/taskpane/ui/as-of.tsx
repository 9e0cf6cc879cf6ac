import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { RunReport } from "../../jobs/run-report.js";
import { usePane, usePaneState, useTexts } from "./pane-context.js";
import { Action } from "./parts.js";

const useStyles = makeStyles({
  line: {
    display: "flex",
    flexWrap: "wrap",
    justifyContent: "space-between",
    columnGap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalXS,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    "& button": { fontSize: "inherit", lineHeight: "inherit" },
  },
});

/** When the ledger was judged on which figures rest; says so while it is judged again. */
export function AsOf({ judged }: { readonly judged: RunReport | undefined }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const stale = usePaneState((state) => state.stale && state.problem === undefined);
  const time = judged?.now.slice(0, 16).replace("T", " ") ?? "";
  return (
    <div className={styles.line}>
      <span role="status">{judged && (stale ? say("as-of.again") : say("as-of.time", { time }))}</span>
      {judged && <Action onClick={() => void pane.ledger.look()}>{say("as-of.judge")}</Action>}
    </div>
  );
}
