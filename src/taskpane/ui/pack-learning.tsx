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
      {outputs.map((one, place) => (
        <LearnedLabels key={place} one={one} />
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

/** How well one output was learned: each label with the words it rests on, and the rows that would be judged wrong. */
function LearnedLabels({ one }: { readonly one: Learned["outputs"][number] }): ReactNode {
  const { say } = useTexts();
  const { output, within, rows, expected, labels, rare, wrong } = one;
  const name = say(`learn.output.${output}`);
  return (
    <>
      <Message intent="info">
        {say("learn.expected", {
          output: within === undefined ? name : `${name} (${within})`,
          rows,
          percent: percentOf(expected, rows),
        })}
      </Message>
      <Details summary={say("learn.words", { n: labels.length + rare.length })}>
        {labels.map(({ label, rows: own, expected: right, words, isNew }) => (
          <Hint key={label}>
            {own === 0
              ? say("learn.label-unseen", { label })
              : say(isNew ? "learn.label-new" : "learn.label", {
                  label,
                  rows: own,
                  percent: percentOf(right, own),
                  words: words.length === 0 ? say("learn.no-words") : words.join(say("learn.between-words")),
                })}
          </Hint>
        ))}
        {rare.map(({ label, rows: own }) => (
          <Hint key={label}>{say("learn.label-rare", { label, rows: own })}</Hint>
        ))}
      </Details>
      {wrong.length > 0 && (
        <Details summary={say("learn.wrong", { n: wrong.length })}>
          {wrong.slice(0, SHOWN).map(({ row, id, text, wanted, given }) => (
            <Hint key={row}>{say("learn.wrong-row", { row, id, wanted, given, text })}</Hint>
          ))}
          {wrong.length > SHOWN && <Hint>{say("learn.wrong-more", { n: wrong.length - SHOWN })}</Hint>}
        </Details>
      )}
    </>
  );
}

function percentOf(right: number, of: number): number {
  return Math.round((right / of) * 100);
}
