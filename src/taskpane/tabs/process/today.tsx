import { Badge, Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useState, type ReactNode } from "react";
import { isoTime, type WallTime } from "../../../domain/wall-time.js";
import type { DocumentFile } from "../../../jobs/issue-notices.js";
import type { RunReport } from "../../../jobs/run-report.js";
import type { HandlerDay, Step, Today } from "../../../jobs/today.js";
import type { Delivery } from "../../excel/deliver.js";
import { listed } from "../../texts.js";
import { Details } from "../../ui/details.js";
import { Delivered } from "../../ui/forms.js";
import { usePane, usePaneState, useTexts } from "../../ui/pane-context.js";
import { Action, ButtonRow, Card, Facts, Hint, Section, useGradual } from "../../ui/parts.js";
import { RowLink } from "../../ui/row-link.js";

const COLOURS = { overdue: "danger", today: "warning", next: "brand", later: "informative" } as const;

const useStyles = makeStyles({
  badge: { flexShrink: 0, whiteSpace: "nowrap" },
  line: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, alignItems: "baseline" },
  steps: { listStyleType: "none", margin: "0", padding: "0", "& li": { marginBottom: tokens.spacingVerticalS } },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
  files: { marginTop: tokens.spacingVerticalS, display: "flex", flexDirection: "column", gap: "4px" },
});

/** 今天要办的: what is overdue, due today and next, by handler, with what to do, and what reminds of it. */
export function TodayView({ report }: { readonly report: RunReport | undefined }): ReactNode {
  const pane = usePane();
  const { say, language } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  const [today, setToday] = useState<Today>();
  useEffect(() => {
    if (idle && !report) void pane.ledger.firstLook();
  }, [pane, idle, report]);
  const refused = report !== undefined && (report.refusal !== undefined || report.mismatch !== undefined);
  useEffect(() => {
    setToday(undefined);
    if (!report || refused) return undefined;
    let current = true;
    void pane.work.attempt(async () => {
      const found = await pane.worker.call("today", pane.ledger.when());
      if (current) setToday(found);
    });
    return () => {
      current = false;
    };
  }, [pane, report, refused, language]);
  if (refused) return null;
  return (
    <Section title={say("today.title")} aside={report && report.now.slice(0, 16).replace("T", " ")}>
      <Card padded>
        {!report && (
          <Button disabledFocusable={!idle} onClick={() => void pane.ledger.look()}>
            {say("today.look")}
          </Button>
        )}
        {today && <Counts today={today} />}
        {today?.handlers.map((handler) => (
          <Handler key={handler.handler} {...handler} />
        ))}
        {today && today.handlers.length === 0 && <Hint>{say("today.nothing")}</Hint>}
        {today && today.open.length > 0 && <Reminders />}
      </Card>
    </Section>
  );
}

function Counts({ today }: { readonly today: Today }): ReactNode {
  const { say } = useTexts();
  const { overdue, today: due, next } = today.counts;
  return (
    <>
      <Facts
        facts={[
          [say("today.overdue"), say("today.steps", { n: overdue })],
          [say("today.today"), say("today.steps", { n: due })],
          [say("today.next"), say("today.steps", { n: next })],
        ]}
      />
      {today.unsure + today.faulty > 0 && (
        <Hint>{say("today.unsure", { unsure: today.unsure, faulty: today.faulty })}</Hint>
      )}
    </>
  );
}

function Handler({ handler, people, steps }: HandlerDay): ReactNode {
  const { say, language } = useTexts();
  const names = people.map(({ name }) => name).filter((name) => name !== handler);
  const who = handler === "" ? say("today.nobody") : handler;
  const urgent = steps.filter(({ urgency }) => urgency === "overdue" || urgency === "today").length;
  return (
    <Details
      summary={say("today.handler", {
        who: names.length === 0 ? who : say("today.who", { who, names: listed(names, language) }),
        n: steps.length,
        urgent,
      })}
    >
      {() => <Steps steps={steps} />}
    </Details>
  );
}

function Steps({ steps }: Pick<HandlerDay, "steps">): ReactNode {
  const styles = useStyles();
  const drawn = useGradual(steps.length);
  return (
    <ul className={styles.steps}>
      {steps.slice(0, drawn).map((step) => (
        <li key={`${step.row} ${step.stage} ${step.part ?? ""}`}>
          <OneStep step={step} />
        </li>
      ))}
    </ul>
  );
}

function OneStep({ step }: { readonly step: Step }): ReactNode {
  const styles = useStyles();
  const { say, language } = useTexts();
  const { row, id, packId, urgency, used, what, due, customer, about, nextStep, reminderForm } = step;
  return (
    <>
      <div className={styles.line}>
        <RowLink row={row} id={id} packId={packId} />
        <Badge className={styles.badge} appearance="tint" color={COLOURS[urgency]}>
          {urgency === "later" ? say("today.used", { percent: used ?? 0 }) : say(`today.${urgency}`)}
        </Badge>
      </div>
      <div className={styles.small}>{say("today.due", { what, due: short(due) })}</div>
      <div>{[customer, about].filter((text) => text !== "").join(language === "zh" ? "：" : ": ")}</div>
      <div className={styles.small}>{`→ ${nextStep}`}</div>
      {reminderForm && <div className={styles.small}>{say("today.form")}</div>}
    </>
  );
}

interface Handed {
  readonly file: string;
  readonly delivery: Delivery;
}

/** A file for calendars, drafts of mails, and the whole as a text for a chat. */
function Reminders(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const [files, setFiles] = useState<readonly DocumentFile[]>([]);
  const [handed, setHanded] = useState<Handed>();
  const [copied, setCopied] = useState(false);
  const make = (kind: "calendar" | "drafts"): Promise<readonly DocumentFile[] | undefined> =>
    pane.papers.makeReminders(kind);
  const hand = async (file: DocumentFile): Promise<void> => {
    const delivery = await pane.papers.deliver(file);
    if (delivery) setHanded({ file: file.name, delivery });
  };
  const calendar = async (): Promise<void> => {
    const [file] = (await make("calendar")) ?? [];
    if (file) await hand(file);
  };
  const copy = async (): Promise<void> => {
    const made = await make("drafts");
    const text = made?.find(({ name }) => name.endsWith(".txt"));
    if (!text) return;
    await pane.work.attempt(() => navigator.clipboard.writeText(new TextDecoder().decode(text.bytes)));
    setCopied(true);
  };
  return (
    <>
      <ButtonRow>
        <Button size="small" onClick={() => void calendar()}>
          {say("today.calendar")}
        </Button>
        <Button
          size="small"
          onClick={() =>
            void make("drafts").then((made) => {
              setFiles(made ?? []);
            })
          }
        >
          {say("today.drafts")}
        </Button>
        <Button size="small" onClick={() => void copy()}>
          {say("today.copy")}
        </Button>
      </ButtonRow>
      <div role="status" className={styles.files}>
        {/* Browsers let a page save only one file at a click. */}
        {files.map((file) => (
          <div key={file.name}>
            <Action onClick={() => void hand(file)}>{file.name}</Action>
          </div>
        ))}
        {handed && <Delivered {...handed} />}
        {copied && <Hint>{say("today.copied")}</Hint>}
      </div>
    </>
  );
}

function short(time: WallTime): string {
  return isoTime(time).slice(5, 16).replace("T", " ");
}
