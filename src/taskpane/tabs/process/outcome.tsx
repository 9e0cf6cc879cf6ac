import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowUndoRegular } from "@fluentui/react-icons/svg/arrow-undo";
import type { ReactNode } from "react";
import { skippedRowText } from "../../../ledger/excel/host-problem-text.js";
import type { RunReport } from "../../../jobs/run-report.js";
import type { Written } from "../../state/pane-state.js";
import { listed } from "../../texts.js";
import { usePane, usePaneState, useTexts } from "../../ui/pane-context.js";
import { Message } from "../../ui/parts.js";

const useStyles = makeStyles({
  outcome: {
    display: "flex",
    flexDirection: "column",
    alignItems: "stretch",
    gap: tokens.spacingVerticalS,
    marginBottom: tokens.spacingVerticalM,
  },
  undo: { alignSelf: "start" },
});

/** What the last undo put back, and what it left because somebody has changed it since. */
export function Undone(): ReactNode {
  const styles = useStyles();
  const { say, language } = useTexts();
  const restored = usePaneState((state) => state.restored);
  if (!restored) return null;
  const { cells, tables, columns, sheets, skipped } = restored;
  return (
    <div className={styles.outcome}>
      {(cells > 0 || skipped === 0) && (
        <Message intent="success">
          {cells > 0 ? say("undone.cells", { cells }) : say("undone.nothing")}
          {tables.length > 0 && ` ${say("undone.tables", { tables: listed(tables, language) })}`}
          {columns > 0 && ` ${say("undone.columns", { n: columns })}`}
          {sheets.length > 0 && ` ${say("undone.sheets", { sheets: listed(sheets, language) })}`}
        </Message>
      )}
      {skipped > 0 && <Message intent="warning">{say("undone.skipped", { cells: skipped })}</Message>}
    </div>
  );
}

/** There as long as something can be put back, also after a write that was broken off. */
export function UndoButton(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const backup = usePaneState((state) => state.backup);
  if (!backup) return null;
  return (
    <div className={styles.outcome}>
      <Button size="small" className={styles.undo} icon={<ArrowUndoRegular />} onClick={() => void pane.ledger.undo()}>
        {say("process.undo")}
      </Button>
    </div>
  );
}

/** What was written, or why nothing was. */
export function Outcome({ report }: { readonly report: RunReport }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const written = usePaneState((state) => state.written);
  const mended = usePaneState((state) => state.mended);
  const { mismatch, refusal } = report;
  return (
    <div className={styles.outcome}>
      {mismatch && (
        <Message intent="error">{say("outcome.mismatch", { row: mismatch.row, concern: mismatch.concern })}</Message>
      )}
      {refusal !== undefined && <Message intent="error">{refusal}</Message>}
      {report.unchanged && <Message intent="success">{say("outcome.unchanged")}</Message>}
      {!written && !report.unchanged && !mismatch && refusal === undefined && (
        <Message intent="info">{say("outcome.looked", { changed: report.changedCount })}</Message>
      )}
      {written && (
        <Message intent="success">
          {say("outcome.written", { cells: written.changedCells, rows: report.changedCount })}
          {written.placement === "results" && ` ${say("outcome.results-sheet")}`}
          {written.keptFormulas > 0 && ` ${say("outcome.kept-formulas", { cells: written.keptFormulas })}`}
          {written.movedRows > 0 && ` ${say("outcome.moved", { rows: written.movedRows })}`}
        </Message>
      )}
      {written && <Skipped rows={written.skipped} />}
      {mended && <Message intent="success">{say("outcome.mended", { cells: mended.cells })}</Message>}
      {mended && <Skipped rows={mended.skipped} />}
    </div>
  );
}

/** Rows that were read but could not be written, and what to do about them. */
function Skipped({ rows }: { readonly rows: Written["skipped"] }): ReactNode {
  const { language } = useTexts();
  if (rows.length === 0) return null;
  return (
    <Message intent="warning">
      {rows.map((row) => (
        <div key={row.row}>{skippedRowText(row, language)}</div>
      ))}
    </Message>
  );
}
