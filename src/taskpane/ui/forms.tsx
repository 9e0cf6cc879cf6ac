import { Button, Field, makeStyles, Select, Spinner, tokens } from "@fluentui/react-components";
import { DocumentArrowDownRegular } from "@fluentui/react-icons/svg/document-arrow-down";
import { useEffect, useState, type ReactNode } from "react";
import type { MadeForm } from "../../jobs/make-forms.js";
import type { Delivery } from "../excel/deliver.js";
import { listed } from "../texts.js";
import { Details } from "./details.js";
import { MaskSwitch } from "./mask-switch.js";
import { usePane, usePaneState, useTexts } from "./pane-context.js";
import { Action, Hint, Message, RowList, Section } from "./parts.js";

const useStyles = makeStyles({
  line: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, alignItems: "center" },
  result: { marginTop: tokens.spacingVerticalS },
});

/** The forms a case needs, and on demand any other of its pack: made from their templates and handed over as files. */
export function Forms(props: { readonly needed: readonly string[]; readonly pack: string | undefined }): ReactNode {
  const { needed, pack } = props;
  const { say } = useTexts();
  return (
    <Section title={say("case.forms")}>
      {needed.length > 0 && (
        <RowList label={say("case.forms")} items={needed} keyOf={(name) => name}>
          {(name) => <Form name={name} />}
        </RowList>
      )}
      <Hint>{say(needed.length > 0 ? "forms.hint" : "forms.none-needed")}</Hint>
      <MaskSwitch />
      <ExplanationPaper />
      <Details summary={say("forms.others")}>
        <OtherForms needed={needed} pack={pack} />
      </Details>
    </Section>
  );
}

function OtherForms({ needed, pack }: Parameters<typeof Forms>[0]): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const [names, setNames] = useState<readonly string[]>();
  const [chosen, setChosen] = useState<string>();
  useEffect(() => {
    void pane.work.attempt(async () => {
      setNames(await pane.worker.call("formNames", { pack }));
    });
  }, [pane, pack]);
  const others = names?.filter((name) => !needed.includes(name)) ?? [];
  const name = chosen ?? others[0];
  if (!names) return <Spinner size="tiny" label={say("loading")} />;
  if (name === undefined) return <Hint>{say("forms.no-others")}</Hint>;
  return (
    <>
      <Field label={say("forms.which")}>
        <Select
          value={name}
          onChange={(_, { value }) => {
            setChosen(value);
          }}
        >
          {others.map((other) => (
            <option key={other} value={other}>
              {other}
            </option>
          ))}
        </Select>
      </Field>
      <Form key={name} name={name} />
    </>
  );
}

/** How the case was judged, to print and sign. */
function ExplanationPaper(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  const [made, setMade] = useState<{ readonly name: string; readonly delivery: Delivery }>();
  const make = async (): Promise<void> => {
    setMade(undefined);
    const file = await pane.papers.makeExplanation();
    const delivery = file && (await pane.papers.deliver(file));
    if (delivery !== undefined) setMade({ name: file!.name, delivery });
  };
  return (
    <>
      <div className={styles.line}>
        <span>{say("case.explanation")}</span>
        <Button
          size="small"
          icon={<DocumentArrowDownRegular />}
          disabledFocusable={!idle}
          aria-label={say("forms.make-one", { form: say("case.explanation") })}
          onClick={() => void make()}
        >
          {say("forms.make")}
        </Button>
      </div>
      <div role="status">{made && <Delivered file={made.name} delivery={made.delivery} />}</div>
    </>
  );
}

interface Result {
  readonly files: readonly MadeForm[];
  /** What became of the file, if there is only one: several wait for a click each. */
  readonly delivery: Delivery | undefined;
}

function Form({ name }: { readonly name: string }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  const [making, setMaking] = useState(false);
  const [result, setResult] = useState<Result>();
  const make = async (): Promise<void> => {
    setMaking(true);
    setResult(undefined);
    const files = await pane.papers.makeForm(name);
    const [only] = files?.length === 1 ? files : [];
    const delivery = only && (await pane.papers.deliver(only));
    setMaking(false);
    if (files) setResult({ files, delivery });
  };
  return (
    <>
      <div className={styles.line}>
        <span lang="zh-CN">{name}</span>
        <Button
          size="small"
          icon={<DocumentArrowDownRegular />}
          disabledFocusable={!idle || making}
          aria-label={say("forms.make-one", { form: name })}
          onClick={() => void make()}
        >
          {say("forms.make")}
        </Button>
      </div>
      <div role="status">
        {making && <Spinner size="tiny" label={say("forms.making")} />}
        {result && (
          <div className={styles.result}>
            <Made {...result} />
          </div>
        )}
      </div>
    </>
  );
}

function Made({ files, delivery }: Result): ReactNode {
  const { say } = useTexts();
  const [first] = files;
  if (!first) return <Message intent="warning">{say("forms.no-template")}</Message>;
  return (
    <>
      {files.length === 1 && delivery !== undefined && <Delivered file={first.name} delivery={delivery} />}
      {files.length > 1 && <Hint>{say("forms.several", { n: files.length })}</Hint>}
      {files.length > 1 && files.map((file) => <OneOfMany key={file.name} file={file} />)}
      <Remarks file={first} />
    </>
  );
}

/** One of several documents: browsers let a page save only one file at a click. */
function OneOfMany({ file }: { readonly file: MadeForm }): ReactNode {
  const pane = usePane();
  const [delivery, setDelivery] = useState<Delivery>();
  return (
    <div>
      <Action onClick={() => void pane.papers.deliver(file).then(setDelivery)}>{file.name}</Action>
      {delivery !== undefined && <Delivered file={file.name} delivery={delivery} />}
    </div>
  );
}

/** What became of a file. */
export function Delivered({ file, delivery }: { readonly file: string; readonly delivery: Delivery }): ReactNode {
  const { say } = useTexts();
  return (
    <Message intent={delivery === "neither" ? "warning" : "success"}>{say(`delivery.${delivery}`, { file })}</Message>
  );
}

/** What the template asked for in vain. */
function Remarks({ file: { empty, unknown } }: { readonly file: MadeForm }): ReactNode {
  const { say, language } = useTexts();
  return (
    <>
      {empty.length > 0 && <Hint>{say("forms.empty", { list: listed(empty, language) })}</Hint>}
      {unknown.length > 0 && (
        <Message intent="warning">{say("forms.unknown", { list: listed(unknown, language) })}</Message>
      )}
    </>
  );
}
