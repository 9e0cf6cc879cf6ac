import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useState, type ReactNode } from "react";
import type { RowsBehind } from "../../documents/reports/rows-behind.js";
import type { RowLine } from "../../worker/messages.js";
import { usePane, useTexts } from "./pane-context.js";
import { Action, Hint } from "./parts.js";
import { RowLink } from "./row-link.js";

/** A figure and the rows it was counted from. */
export interface ShownFigure {
  readonly name: string;
  readonly rows: RowsBehind;
}

const LISTED = 100;

const useStyles = makeStyles({
  root: {
    marginTop: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorBrandStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    fontSize: tokens.fontSizeBase200,
  },
  head: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, marginBottom: "4px" },
  name: { fontWeight: tokens.fontWeightSemibold },
  list: { listStyleType: "none", margin: "0", padding: "0", maxHeight: "220px", overflowY: "auto" },
  line: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalS, padding: "2px 0" },
  status: { color: tokens.colorNeutralForeground2 },
});

/** The rows behind a figure; each leads to its row in the ledger. */
export function RowsBehindFigure(props: { readonly figure: ShownFigure; readonly onClose: () => void }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const { figure, onClose } = props;
  const [lines, setLines] = useState<readonly RowLine[]>();
  useEffect(() => {
    let current = true;
    setLines(undefined);
    void pane.work.attempt(async () => {
      const found = await pane.worker.call("rowLines", { rows: figure.rows.slice(0, LISTED) });
      if (current) setLines(found);
    });
    return () => {
      current = false;
    };
  }, [pane, figure]);
  const more = figure.rows.length - LISTED;
  return (
    <div className={styles.root} role="status">
      <div className={styles.head}>
        <span className={styles.name}>
          {say("reports.figure-rows", { figure: figure.name, n: figure.rows.length })}
        </span>
        <Action onClick={onClose}>{say("reports.rows-close")}</Action>
      </div>
      <ul className={styles.list} tabIndex={0}>
        {lines?.map(({ row, id, packId, receivedAt, status }) => (
          <li key={row} className={styles.line}>
            <RowLink row={row} id={id} packId={packId} />
            <span>{receivedAt}</span>
            <span className={styles.status}>{status}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <Hint>{say("reports.rows-more", { n: more })}</Hint>}
    </div>
  );
}
