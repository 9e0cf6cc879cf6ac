import { Button, Spinner } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import type { PackTexts } from "../../jobs/catalogue.js";
import type { CheckReport } from "../../jobs/check-pack.js";
import { Details } from "./details.js";
import { usePane, useTexts } from "./pane-context.js";
import { ButtonRow, Hint, Message } from "./parts.js";

/** Runs the cases of a pack as it stands here, and shows what fails and what is left open. */
export function PackCases({ id, files }: { readonly id: string; readonly files: PackTexts }): ReactNode {
  const pane = usePane();
  const { say, language } = useTexts();
  const [running, setRunning] = useState(false);
  const [report, setReport] = useState<CheckReport>();
  const run = async (): Promise<void> => {
    setRunning(true);
    setReport(undefined);
    await pane.work.attempt(async () => {
      setReport(await pane.worker.call("check", { id, files, language, cases: true }));
    });
    setRunning(false);
  };
  return (
    <>
      <ButtonRow>
        <Button size="small" disabledFocusable={running} onClick={() => void run()}>
          {say("cases.run")}
        </Button>
        {running && <Spinner size="tiny" label={say("cases.running")} />}
      </ButtonRow>
      <div role="status">
        {report && report.problems.length > 0 && (
          <Message intent="error">{say("cases.problems", { n: report.problems.length })}</Message>
        )}
        {report?.cases && <Cases cases={report.cases} />}
      </div>
    </>
  );
}

function Cases({ cases }: { readonly cases: NonNullable<CheckReport["cases"]> }): ReactNode {
  const { say } = useTexts();
  const { total, failed, warnings, coverage } = cases;
  return (
    <>
      <Message intent={failed.length === 0 ? "success" : "error"}>
        {failed.length === 0
          ? say("cases.passed", { n: total })
          : say("cases.failed", { n: total, failed: failed.length })}
        {coverage !== undefined && ` ${say("cases.coverage", { percent: Math.round(coverage * 100) })}`}
      </Message>
      {failed.map(({ file, name, failures }) => (
        <div key={`${file}${name}`}>
          <Hint>{`${file}  ${name}`}</Hint>
          {failures.map((failure) => (
            <Hint key={failure}>{failure}</Hint>
          ))}
        </div>
      ))}
      {warnings.length > 0 && (
        <Details summary={say("cases.warnings", { n: warnings.length })}>
          {warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Details>
      )}
    </>
  );
}
