import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { DocumentArrowDownRegular } from "@fluentui/react-icons/svg/document-arrow-down";
import { useState, type ReactNode } from "react";
import type { MadeForm } from "../../worker/messages.js";
import type { Delivery } from "../excel/deliver.js";
import { listed } from "../texts.js";
import { usePane, usePaneState, useTexts } from "./pane-context.js";
import { Action, Hint, Message, RowList, Section } from "./parts.js";

const useStyles = makeStyles({
  line: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, alignItems: "center" },
  result: { marginTop: tokens.spacingVerticalS },
});

/** The forms a case needs: made from their templates and handed over as files. */
export function Forms({ names }: { readonly names: readonly string[] }): ReactNode {
  const { say } = useTexts();
  return (
    <Section title={say("case.forms")}>
      <RowList label={say("case.forms")} items={names} keyOf={(name) => name}>
        {(name) => <Form name={name} />}
      </RowList>
      <Hint>{say("forms.hint")}</Hint>
    </Section>
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
    const files = await pane.makeForm(name);
    const [only] = files?.length === 1 ? files : [];
    const delivery = only && (await pane.deliver(only));
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
      <Action onClick={() => void pane.deliver(file).then(setDelivery)}>{file.name}</Action>
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
