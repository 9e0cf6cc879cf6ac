import { Button, Spinner } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import type { LearnReport } from "../../worker/messages.js";
import { Details } from "./details.js";
import { usePane, useTexts } from "./pane-context.js";
import { ButtonRow, Hint, Message } from "./parts.js";

type Learned = Extract<LearnReport, { kind: "learned" }>;

/** More would not be read in the pane; the rest is counted. */
const SHOWN = 50;

/** Learns a pack from the rows people have labelled, shows what would change, and saves it only when told to. */
export function PackLearning({ id }: { readonly id: string }): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const [running, setRunning] = useState(false);
  const [report, setReport] = useState<LearnReport>();
  const run = async (): Promise<void> => {
    setRunning(true);
    setReport(undefined);
    await pane.work.attempt(async () => {
      setReport(await pane.worker.call("learn", { ...pane.ledger.when(), id }));
    });
    setRunning(false);
  };
  return (
    <>
      <ButtonRow>
        <Button size="small" disabledFocusable={running} onClick={() => void run()}>
          {say("learn.run")}
        </Button>
        {running && <Spinner size="tiny" label={say("learn.running")} />}
      </ButtonRow>
      <div role="status">
        {report?.kind === "too-few" && (
          <Message intent="warning">{say("learn.too-few", { n: report.labelled, least: report.least })}</Message>
        )}
        {report?.kind === "problems" && <Message intent="error">{report.first}</Message>}
        {report?.kind === "learned" && (
          <Outcome
            report={report}
            onSave={() => {
              void pane.packs.save(id, report.files);
            }}
          />
        )}
      </div>
    </>
  );
}

function Outcome({ report, onSave }: { readonly report: Learned; readonly onSave: () => void }): ReactNode {
  const { say } = useTexts();
  const { outputs, changes, rejudged } = report;
  return (
    <>
      {outputs.map(({ output, rows, expected }, place) => (
        <Message key={place} intent="info">
          {say("learn.expected", {
            output: say(`learn.output.${output}`),
            rows,
            percent: Math.round((expected / rows) * 100),
          })}
        </Message>
      ))}
      {rejudged.labels > 0 && <Hint>{say("learn.rejudged", { ...rejudged })}</Hint>}
      <Details summary={say("learn.changes", { n: changes.length })}>
        {changes.slice(0, SHOWN).map(({ row, output, id, text, before, after }) => (
          <Hint key={`${row}${output}`}>
            {`${row}  ${id}  ${before ?? say("learn.open")} → ${after ?? say("learn.open")}  ${text}`}
          </Hint>
        ))}
      </Details>
      <ButtonRow>
        <Button size="small" appearance="primary" onClick={onSave}>
          {say("learn.save")}
        </Button>
      </ButtonRow>
    </>
  );
}
