import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { useEffect, useState, type ReactNode } from "react";
import type { ReportSheet } from "../../documents/reports/blocks.js";
import { Blocks } from "../ui/blocks.js";
import { MonthSelect, monthsUpTo } from "../ui/month-select.js";
import { usePane, usePaneState, useTexts } from "../ui/pane-context.js";
import { Hint, Message } from "../ui/parts.js";
import { useJudged } from "../ui/use-judged.js";

const MONTHS = 24;

const useStyles = makeStyles({
  top: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    marginBottom: tokens.spacingVerticalL,
  },
  title: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold, margin: "0" },
});

/** 报表: a month's figures, and the same as a sheet of the workbook. */
export function ReportsTab(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, language } = useTexts();
  const judged = useJudged();
  const idle = usePaneState((state) => state.phase === "idle");
  const months = monthsUpTo(pane.when().now, MONTHS);
  const [month, setMonth] = useState(months[0]!);
  const [sheet, setSheet] = useState<ReportSheet>();
  const [written, setWritten] = useState<string>();
  useEffect(() => {
    setSheet(undefined);
    setWritten(undefined);
    if (!judged) return undefined;
    let current = true;
    void pane.attempt(async () => {
      const report = await pane.worker.call("report", { ...pane.when(), month });
      if (current) setSheet(report);
    });
    return () => {
      current = false;
    };
  }, [pane, judged, month, language]);
  return (
    <>
      <div className={styles.top}>
        <MonthSelect months={months} value={month} onChange={setMonth} />
        <Button
          appearance="primary"
          disabledFocusable={!sheet || !idle}
          onClick={() => {
            setWritten(undefined);
            void pane.writeReport(month).then(setWritten);
          }}
        >
          {say("reports.write", { month })}
        </Button>
        <div role="status">
          {written !== undefined && <Message intent="success">{say("reports.written", { sheet: written })}</Message>}
        </div>
      </div>
      {!sheet && <Spinner size="small" label={say("reports.loading")} />}
      {sheet && (
        <>
          <h2 className={styles.title}>{sheet.title}</h2>
          <Hint>{sheet.meta.join(" · ")}</Hint>
          <br />
          <Blocks blocks={sheet.blocks} />
        </>
      )}
    </>
  );
}
