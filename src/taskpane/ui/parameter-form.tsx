import { Button, Checkbox, Field, Input, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import type { ParameterChange, ParameterInfo } from "../../jobs/set-parameter.js";
import type { TriedParameters } from "../../jobs/try-parameters.js";
import { Effects } from "./effects.js";
import { usePane, usePaneState, useTexts } from "./pane-context.js";
import { Action, ButtonRow, Card, Hint, Message, RowList, Section } from "./parts.js";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  name: { fontWeight: tokens.fontWeightSemibold },
});

/** 参数: the figures of a pack, the samples to be settled first; one is set anew with its effect shown before it is saved. */
export function Parameters(props: { readonly id: string; readonly parameters: readonly ParameterInfo[] }): ReactNode {
  const { say } = useTexts();
  const [chosen, setChosen] = useState<string>();
  const { id, parameters } = props;
  const samples = parameters.filter(({ stated }) => !stated);
  const ordered = [...samples, ...parameters.filter(({ stated }) => stated)];
  const editing = parameters.find(({ name }) => name === chosen);
  const close = (): void => {
    setChosen(undefined);
  };
  return (
    <Section title={say("figures.title")} aside={say("count", { n: parameters.length })}>
      {samples.length > 0 && <Message intent="warning">{say("figures.samples", { n: samples.length })}</Message>}
      {editing ? (
        <ParameterForm key={editing.name} id={id} parameter={editing} onClose={close} />
      ) : (
        <RowList scrolls label={say("figures.title")} items={ordered} keyOf={({ name }) => name}>
          {(parameter) => (
            <Figure
              parameter={parameter}
              onEdit={() => {
                setChosen(parameter.name);
              }}
            />
          )}
        </RowList>
      )}
    </Section>
  );
}

/** Characters of a value that a row shows; lists of words are long. */
const SHOWN = 60;

function Figure({ parameter, onEdit }: { readonly parameter: ParameterInfo; readonly onEdit: () => void }): ReactNode {
  const styles = useStyles();
  const { say, language } = useTexts();
  const { title, value, unit, clause, stated, from } = parameter;
  const shown = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return (
    <>
      <div className={styles.name}>{title[language]}</div>
      <div>
        {`${shown} ${unit?.[language] ?? ""} · ${clause} · ${say(stated ? "figures.stated" : "figures.sample")}`}
        {from === undefined ? "" : ` · ${say("figures.since", { from })}`}{" "}
        <Action onClick={onEdit} label={`${say("figures.change")} ${title[language]}`}>
          {say("figures.change")}
        </Action>
      </div>
    </>
  );
}

function ParameterForm(props: {
  readonly id: string;
  readonly parameter: ParameterInfo;
  readonly onClose: () => void;
}): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, language } = useTexts();
  const overview = usePaneState((state) => state.overview);
  const { id, parameter, onClose } = props;
  const { name, title, unit, note } = parameter;
  const [change, setChange] = useState<ParameterChange>({
    name,
    value: parameter.value,
    from: "",
    clause: parameter.clause,
    stated: true,
  });
  const [tried, setTried] = useState<TriedParameters>();
  const [running, setRunning] = useState(false);
  const edit = (part: Partial<ParameterChange>): void => {
    setChange({ ...change, ...part });
    setTried(undefined);
  };
  const run = async (): Promise<void> => {
    setRunning(true);
    await pane.work.attempt(async () => {
      if (overview) await pane.ledger.handOver();
      setTried(await pane.worker.call("tryParameters", { ...pane.ledger.when(), id, changes: [change] }));
    });
    setRunning(false);
  };
  const save = async (): Promise<void> => {
    if (tried?.kind === "tried" && (await pane.packs.save(id, tried.files))) onClose();
  };
  return (
    <Card padded>
      <div className={styles.form}>
        <div className={styles.name}>{title[language]}</div>
        {note !== undefined && <Hint>{note[language]}</Hint>}
        <Field label={unit === undefined ? say("figures.value") : say("figures.value-in", { unit: unit[language] })}>
          <Input
            value={change.value}
            onChange={(_, { value }) => {
              edit({ value });
            }}
          />
        </Field>
        <Field label={say("figures.from")} hint={say("figures.from-hint")}>
          <Input
            value={change.from}
            placeholder="2026-01-01"
            onChange={(_, { value }) => {
              edit({ from: value });
            }}
          />
        </Field>
        <Field label={say("figures.clause")}>
          <Input
            value={change.clause}
            onChange={(_, { value }) => {
              edit({ clause: value });
            }}
          />
        </Field>
        <Checkbox
          label={say("figures.is-stated")}
          checked={change.stated}
          onChange={(_, { checked }) => {
            edit({ stated: checked === true });
          }}
        />
        <ButtonRow>
          <Button size="small" disabledFocusable={running} onClick={() => void run()}>
            {say("figures.try")}
          </Button>
          <Button
            size="small"
            appearance="primary"
            disabledFocusable={tried?.kind !== "tried"}
            onClick={() => void save()}
          >
            {say("editor.save")}
          </Button>
          <Button size="small" onClick={onClose}>
            {say("figures.close")}
          </Button>
          {running && <Spinner size="tiny" label={say("whatif.running")} />}
        </ButtonRow>
        <div role="status">{tried && <Tried tried={tried} />}</div>
      </div>
    </Card>
  );
}

function Tried({ tried }: { readonly tried: TriedParameters }): ReactNode {
  const { say } = useTexts();
  if (tried.kind === "problem") return <Message intent="error">{tried.text}</Message>;
  const { cases, comparison } = tried;
  return (
    <>
      {cases.failed > 0 && (
        <Message intent="warning">{say("figures.cases", { n: cases.total, failed: cases.failed })}</Message>
      )}
      {comparison ? <Effects comparison={comparison} /> : <Hint>{say("figures.no-ledger")}</Hint>}
    </>
  );
}
