import type { ReactNode } from "react";
import { yuanText } from "../../domain/money.js";
import type { NoticesReport } from "../../worker/messages.js";
import { PaneDialog } from "./pane-dialog.js";
import { useTexts } from "./pane-context.js";
import { Hint } from "./parts.js";

interface IssueDialogProps {
  readonly month: string;
  readonly report: NoticesReport;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** What goes out, what is posted and what is held, before it is: an entry is never taken back, only corrected by another. */
export function IssueDialog({ month, report, onConfirm, onClose }: IssueDialogProps): ReactNode {
  const { say } = useTexts();
  const fresh = report.notices.filter(({ isNew }) => isNew);
  const { posted, held } = report.plan;
  return (
    <PaneDialog
      mustAnswer
      title={say("notices.confirm", { month, n: fresh.length, posted })}
      confirm={say("notices.confirm-yes")}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {fresh.map(({ number, subject, amount }) => (
        <div key={number}>{say("notices.confirm-line", { number, subject, amount: yuanText(amount) })}</div>
      ))}
      {held.map(({ person, employeeNo, amount, why }) => (
        <div key={employeeNo ?? person}>{say("notices.held", { subject: person, amount: yuanText(amount), why })}</div>
      ))}
      <Hint>{say("notices.hint")}</Hint>
    </PaneDialog>
  );
}
