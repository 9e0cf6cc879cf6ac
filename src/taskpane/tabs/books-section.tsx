import { Button, Field, Input, makeStyles, Select, tokens } from "@fluentui/react-components";
import { useEffect, useState, type ReactNode } from "react";
import { personKey, type PersonRef } from "../../books/entry.js";
import { yuanText } from "../../domain/money.js";
import type { RunReport } from "../../jobs/run-report.js";
import type { Verification } from "../../jobs/verify-ledger.js";
import { subjectText } from "../../process/subject-text.js";
import type { BookActReport } from "../../worker/messages.js";
import type { Delivery } from "../excel/deliver.js";
import type { DeskAct } from "../state/book-desk.js";
import { PaneDialog } from "../ui/pane-dialog.js";
import { Details } from "../ui/details.js";
import { Delivered } from "../ui/forms.js";
import { usePane, usePaneState, useTexts } from "../ui/pane-context.js";
import { ButtonRow, Hint, Message, Section } from "../ui/parts.js";

const useStyles = makeStyles({
  fields: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
});

/** Flaws that are shown; the command lists all. */
const SHOWN = 5;
const LINES = 12;

/** 账册: whether the books prove themselves, somebody's account, and what people decide about them by hand. */
export function BooksSection({ judged }: { readonly judged: RunReport }): ReactNode {
  const { say } = useTexts();
  return (
    <Section title={say("books.title")}>
      <Proof />
      <Details summary={say("books.key")}>
        <Key />
      </Details>
      <Statement judged={judged} />
      <Details summary={say("books.decide")}>
        <Decide />
      </Details>
    </Section>
  );
}

function Proof(): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  const [found, setFound] = useState<Verification>();
  const verify = async (): Promise<void> => {
    setFound(undefined);
    setFound(await pane.desk.verify());
  };
  const { flaws = [] } = found ?? {};
  return (
    <>
      <ButtonRow>
        <Button disabledFocusable={!idle} onClick={() => void verify()}>
          {say("books.verify")}
        </Button>
      </ButtonRow>
      <div role="status">
        {found && flaws.length === 0 && (
          <Message intent="success">
            {say("books.whole", {
              entries: found.entries,
              log: found.logEntries,
              notices: found.notices,
              anchor: found.anchor === "" ? "—" : found.anchor,
            })}
          </Message>
        )}
        {flaws.slice(0, SHOWN).map(({ text }) => (
          <Message key={text} intent="error">
            {text}
          </Message>
        ))}
        {flaws.length > SHOWN && <Hint>{say("books.more-flaws", { n: flaws.length - SHOWN })}</Hint>}
      </div>
    </>
  );
}

/** The key of books whose hash is keyed: it stays in the pane and is gone when it closes. */
function Key(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  const [text, setText] = useState("");
  const [isUsed, setUsed] = useState(pane.desk.hasKey);
  const give = async (key: string): Promise<void> => {
    setText("");
    setUsed(key !== "");
    await pane.desk.useKey(key);
  };
  return (
    <div className={styles.fields}>
      <Field label={say("books.key-text")} hint={say("books.key-hint")}>
        <Input
          type="password"
          autoComplete="off"
          value={text}
          onChange={(_, { value }) => {
            setText(value);
          }}
        />
      </Field>
      <ButtonRow>
        <Button disabledFocusable={!idle || text.trim() === ""} onClick={() => void give(text.trim())}>
          {say("books.key-use")}
        </Button>
        {isUsed && (
          <Button disabledFocusable={!idle} onClick={() => void give("")}>
            {say("books.key-drop")}
          </Button>
        )}
      </ButtonRow>
      <div role="status">{isUsed && <Hint>{say("books.key-used")}</Hint>}</div>
    </div>
  );
}

function Statement({ judged }: { readonly judged: RunReport }): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const [persons, setPersons] = useState<readonly PersonRef[]>([]);
  const [chosen, setChosen] = useState<string>();
  const [saved, setSaved] = useState<{ readonly file: string; readonly delivery: Delivery }>();
  useEffect(() => {
    let current = true;
    void pane.work.attempt(async () => {
      const found = await pane.worker.call("persons", pane.ledger.when());
      if (current) setPersons(found);
    });
    return () => {
      current = false;
    };
  }, [pane, judged]);
  const person = persons.find((one) => personKey(one) === chosen) ?? persons[0];
  if (!person) return null;
  const save = async (): Promise<void> => {
    setSaved(undefined);
    await pane.work.attempt(async () => {
      const file = await pane.worker.call("statement", { ...pane.ledger.when(), person });
      const delivery = await pane.papers.deliver(file);
      if (delivery) setSaved({ file: file.name, delivery });
    });
  };
  return (
    <>
      <Field label={say("books.statement-of")}>
        <Select
          value={personKey(person)}
          onChange={(_, { value }) => {
            setChosen(value);
          }}
        >
          {persons.map((one) => (
            <option key={personKey(one)} value={personKey(one)}>
              {subjectText({ subject: one.name, employeeNo: one.employeeNo })}
            </option>
          ))}
        </Select>
      </Field>
      <ButtonRow>
        <Button onClick={() => void save()}>{say("books.statement")}</Button>
      </ButtonRow>
      <div role="status">{saved && <Delivered {...saved} />}</div>
    </>
  );
}

const KINDS = ["撤销", "重开", "核销", "年结", "清除"] as const;
type Kind = (typeof KINDS)[number];

function actOf(kind: Kind, of: string, reason: string): DeskAct {
  if (kind === "年结") return { kind, year: Number(of) };
  if (kind === "清除") return { kind, person: of };
  return { kind, of, reason };
}

function Decide(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  const [kind, setKind] = useState<Kind>("撤销");
  const [of, setOf] = useState("");
  const [reason, setReason] = useState("");
  const [view, setView] = useState<BookActReport>();
  const [said, setSaid] = useState<{ readonly intent: "success" | "error"; readonly text: string }>();
  const [saved, setSaved] = useState<{ readonly file: string; readonly delivery: Delivery }>();
  const act = actOf(kind, of.trim(), reason.trim());
  const look = async (): Promise<void> => {
    setSaid(undefined);
    setSaved(undefined);
    const found = await pane.desk.look(act);
    if (found?.problem !== undefined) setSaid({ intent: "error", text: found.problem });
    else setView(found);
  };
  const carryOut = async (): Promise<void> => {
    setView(undefined);
    const done = await pane.desk.carryOut(act);
    if (!done) return;
    setSaid(
      done.problem === undefined
        ? { intent: "success", text: say("books.done", { n: done.lines.length }) }
        : { intent: "error", text: done.problem },
    );
    if (done.papers) {
      const delivery = await pane.papers.deliver(done.papers);
      if (delivery) setSaved({ file: done.papers.name, delivery });
    }
  };
  const needsReason = kind !== "年结" && kind !== "清除";
  return (
    <div className={styles.fields}>
      <Field label={say("books.act")}>
        <Select
          value={kind}
          onChange={(_, { value }) => {
            setKind(KINDS.find((one) => one === value) ?? "撤销");
          }}
        >
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {say(`books.act.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={say(kind === "年结" ? "books.of-year" : kind === "清除" ? "books.of-person" : "books.of-number")}>
        <Input
          value={of}
          onChange={(_, { value }) => {
            setOf(value);
          }}
        />
      </Field>
      {needsReason && (
        <Field label={say("books.reason")}>
          <Input
            value={reason}
            onChange={(_, { value }) => {
              setReason(value);
            }}
          />
        </Field>
      )}
      <ButtonRow>
        <Button
          disabledFocusable={!idle || of.trim() === "" || (needsReason && reason.trim() === "")}
          onClick={() => void look()}
        >
          {say("books.look")}
        </Button>
      </ButtonRow>
      {view && (
        <ActDialog
          title={say(`books.act.${kind}`)}
          view={view}
          onConfirm={() => void carryOut()}
          onClose={() => {
            setView(undefined);
          }}
        />
      )}
      <div role="status">
        {said && <Message intent={said.intent}>{said.text}</Message>}
        {saved && <Delivered {...saved} />}
      </div>
    </div>
  );
}

interface ActDialogProps {
  readonly title: string;
  readonly view: BookActReport;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** What will be posted, before it is. */
function ActDialog({ title, view: { lines }, onConfirm, onClose }: ActDialogProps): ReactNode {
  const { say } = useTexts();
  return (
    <PaneDialog mustAnswer title={title} confirm={say("books.confirm")} onConfirm={onConfirm} onClose={onClose}>
      {lines.slice(0, LINES).map(({ kind, month, person, employeeNo, complaintId, amount, text }, i) => (
        <div key={`${i} ${complaintId}`}>
          {[
            month,
            kind,
            person === "" ? "" : subjectText({ subject: person, employeeNo }),
            complaintId,
            say("yuan", { amount: yuanText(amount) }),
            text,
          ]
            .filter((part) => part !== "")
            .join("  ")}
        </div>
      ))}
      {lines.length > LINES && <Hint>{say("books.more-lines", { n: lines.length - LINES })}</Hint>}
      <Hint>{say("books.no-undo")}</Hint>
    </PaneDialog>
  );
}
