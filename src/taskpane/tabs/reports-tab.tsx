import { Button, Field, makeStyles, Select, tokens } from "@fluentui/react-components";
import { useEffect, useState, type ReactNode } from "react";
import type { ReportSheet } from "../../documents/reports/blocks.js";
import type { ReportChoice } from "../../jobs/make-report.js";
import { AsOf } from "../ui/as-of.js";
import { Blocks } from "../ui/blocks.js";
import { MaskSwitch } from "../ui/mask-switch.js";
import { periodLabel, periodsUpTo } from "../periods.js";
import { Waiting } from "../ui/waiting.js";
import { usePane, usePaneState, useTexts } from "../ui/pane-context.js";
import { Action, Hint, Message } from "../ui/parts.js";
import { RowsBehindFigure, type ShownFigure } from "../ui/rows-behind.js";
import { SplitReport } from "../ui/split-report.js";
import { useJudged } from "../ui/use-judged.js";

const useStyles = makeStyles({
  top: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    marginBottom: tokens.spacingVerticalL,
  },
  title: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold, margin: "0" },
  head: { marginBottom: tokens.spacingVerticalM },
});

/** 报表: a report's figures on a period, and the same as a sheet of the workbook. */
export function ReportsTab(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, language } = useTexts();
  const judged = useJudged();
  const idle = usePaneState((state) => state.phase === "idle");
  const { report, period, written } = usePaneState((state) => state.reporting);
  const mask = usePaneState((state) => state.mask);
  const [choices, setChoices] = useState<readonly ReportChoice[]>();
  const [sheet, setSheet] = useState<ReportSheet>();
  const [selected, setSelected] = useState<ShownFigure>();
  useEffect(() => {
    setSelected(undefined);
    if (!written) return undefined;
    const stop = pane.papers.followFigures(setSelected);
    return () =>
      void stop.then((end) => {
        end();
      });
  }, [pane, written]);
  useEffect(() => {
    setSheet(undefined);
  }, [report, period, language, mask]);
  useEffect(() => {
    if (!judged) return undefined;
    let current = true;
    void pane.work.attempt(async () => {
      const [found, made] = await Promise.all([
        pane.worker.call("reports", { language }),
        pane.worker.call("report", { ...pane.ledger.when(), report, period, mask }),
      ]);
      if (!current) return;
      setChoices(found);
      setSheet(made);
    });
    return () => {
      current = false;
    };
  }, [pane, judged, report, period, language, mask]);
  return (
    <>
      <div className={styles.top}>
        {choices && <Choice choices={choices} />}
        <MaskSwitch />
        <Button
          appearance="primary"
          disabledFocusable={!sheet || !idle}
          onClick={() => {
            pane.papers.chooseReport(report, period);
            void pane.papers.writeReport();
          }}
        >
          {say("reports.write")}
        </Button>
        <SplitReport />
        <AsOf judged={judged} />
        <div role="status">
          {written && (
            <Message intent="success">
              {say(written.pivot ? "reports.written-with-pivot" : "reports.written", { sheet: written.sheet })}{" "}
              <Action onClick={() => void pane.ledger.goTo(written.sheet, "A1")}>{say("settings.open-sheet")}</Action>
            </Message>
          )}
        </div>
      </div>
      {selected && (
        <RowsBehindFigure
          figure={selected}
          onClose={() => {
            setSelected(undefined);
          }}
        />
      )}
      {!sheet && <Waiting label={say("reports.loading")} />}
      {sheet && (
        <>
          <div className={styles.head}>
            <h2 className={styles.title}>{sheet.title}</h2>
            <Hint>{sheet.organisation}</Hint>
            {sheet.meta.map((line) => (
              <Hint key={line}>{line}</Hint>
            ))}
            {sheet.remark !== undefined && <Hint>{sheet.remark}</Hint>}
          </div>
          <Blocks blocks={sheet.blocks} />
        </>
      )}
    </>
  );
}

/** Which report, on which period. */
function Choice({ choices }: { readonly choices: readonly ReportChoice[] }): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const { report, period } = usePaneState((state) => state.reporting);
  const chosen = choices.find(({ id }) => id === report) ?? choices[0]!;
  const { now } = pane.ledger.when();
  const periods = periodsUpTo(now, chosen.kind);
  const choose = (id: string): void => {
    const { kind } = choices.find((choice) => choice.id === id)!;
    pane.papers.chooseReport(id, kind === chosen.kind ? period : periodsUpTo(now, kind)[0]!.key);
  };
  const regulations = [...new Set(choices.map(({ regulation }) => regulation))];
  return (
    <>
      <Field label={say("reports.report")}>
        <Select
          value={chosen.id}
          onChange={(_, { value }) => {
            choose(value);
          }}
        >
          {regulations.map((regulation) => (
            <optgroup key={regulation ?? ""} label={regulation ?? say("reports.general")}>
              {choices
                .filter((choice) => choice.regulation === regulation)
                .map(({ id, title }) => (
                  <option key={id} value={id}>
                    {title}
                  </option>
                ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      <Field label={say(`period.${chosen.kind}`)}>
        <Select
          value={period}
          onChange={(_, { value }) => {
            pane.papers.chooseReport(chosen.id, value);
          }}
        >
          {periods.map((one) => (
            <option key={one.key} value={one.key}>
              {periodLabel(one)}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}
