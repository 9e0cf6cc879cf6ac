import { Button, Field, makeStyles, Select, Spinner, tokens } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import { SPLIT_COLUMNS } from "../../documents/reports/report-ids.js";
import { column } from "../../domain/columns.js";
import type { DocumentFile } from "../../jobs/issue-notices.js";
import type { SplitBy } from "../../jobs/make-report.js";
import type { SplitFiles } from "../../jobs/split-files.js";
import type { Delivery } from "../excel/deliver.js";
import { Details } from "./details.js";
import { Delivered } from "./forms.js";
import { usePane, usePaneState, useTexts } from "./pane-context.js";
import { Action, Hint } from "./parts.js";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
});

/** 拆分成几个文件: the reports on the chosen period, a workbook for each department or other value. */
export function SplitReport(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, language } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  const { period } = usePaneState((state) => state.reporting);
  const [by, setBy] = useState<SplitBy>("department");
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ readonly period: string; readonly files: SplitFiles }>();
  const make = async (): Promise<void> => {
    setMaking(true);
    setMade(undefined);
    const files = await pane.papers.splitReport(by);
    setMaking(false);
    if (files) setMade({ period, files });
  };
  const nameOf = (id: (typeof SPLIT_COLUMNS)[number]): string => {
    if (id === "part") return say("reports.split-part");
    const { header, alias } = column(id);
    return language === "zh" ? header : alias;
  };
  return (
    <Details summary={say("reports.split")}>
      <div className={styles.root}>
        <Hint>{say("reports.split-hint")}</Hint>
        <Field label={say("reports.split-by")}>
          <Select
            value={by}
            onChange={(_, { value }) => {
              // The options are these ids.
              setBy(value as SplitBy);
            }}
          >
            {SPLIT_COLUMNS.map((id) => (
              <option key={id} value={id}>
                {nameOf(id)}
              </option>
            ))}
          </Select>
        </Field>
        <Button disabledFocusable={!idle || making} onClick={() => void make()}>
          {say("reports.split-make")}
        </Button>
        <div role="status">
          {making && <Spinner size="tiny" label={say("reports.split-making")} />}
          {made && made.period === period && <Made {...made.files} />}
        </div>
      </div>
    </Details>
  );
}

function Made({ files, archive }: SplitFiles): ReactNode {
  const { say } = useTexts();
  return (
    <>
      <Hint>{say("reports.split-made", { n: files.length })}</Hint>
      <OneFile file={archive} label={say("reports.split-all")} />
      {files.map((file) => (
        <OneFile key={file.name} file={file} label={file.name} />
      ))}
    </>
  );
}

/** Browsers let a page save only one file at a click. */
function OneFile({ file, label }: { readonly file: DocumentFile; readonly label: string }): ReactNode {
  const pane = usePane();
  const [delivery, setDelivery] = useState<Delivery>();
  return (
    <div>
      <Action onClick={() => void pane.papers.deliver(file).then(setDelivery)}>{label}</Action>
      {delivery !== undefined && <Delivered file={file.name} delivery={delivery} />}
    </div>
  );
}
