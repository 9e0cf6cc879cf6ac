import { Button, Field, makeStyles, Select, Spinner, tokens } from "@fluentui/react-components";
import { useEffect, useState, type ReactNode } from "react";
import type { Comparison } from "../../process/compare.js";
import type { PackTexts } from "../../jobs/catalogue.js";
import type { PlacedProblem } from "../../jobs/check-pack.js";
import type { PackInfo } from "../../jobs/loaded-packs.js";
import type { PackDetail } from "../../worker/messages.js";
import { PackCases } from "../ui/pack-cases.js";
import { usePane, usePaneState, useTexts } from "../ui/pane-context.js";
import { Effects } from "../ui/effects.js";
import { Action, ButtonRow, Hint, Message, RowList } from "../ui/parts.js";
import type { EditorPlace } from "./editor-place.js";
import JsonEditor from "./json-editor.js";

interface PackEditorProps {
  readonly info: PackInfo;
  readonly detail: PackDetail;
  readonly place: EditorPlace;
  readonly onClose: () => void;
}

const useStyles = makeStyles({
  stack: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    marginBottom: tokens.spacingVerticalL,
  },
});

/** A pack's files: edited, checked while typing, tried out on the open ledger, and kept in the workbook. */
export function PackEditor({ info, detail, place: first, onClose }: PackEditorProps): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, language } = useTexts();
  const { id } = info.header;
  const names = Object.keys(detail.files);
  const [place, setPlace] = useState<EditorPlace>(
    names.includes(first.file) ? first : { file: names[0] ?? "pack.json", line: undefined },
  );
  const [files, setFiles] = useState<PackTexts>(detail.files);
  const [problems, setProblems] = useState<readonly PlacedProblem[]>([]);
  const [schema, setSchema] = useState<object>();
  const text = files[place.file] ?? "";
  const schemaName = /"\$schema"\s*:\s*"[^"]*\/([\w.]+)"/.exec(text)?.[1];
  useEffect(() => {
    setSchema(undefined);
    if (schemaName === undefined) return;
    // Without its schema a file can be edited all the same; only proposals are missing.
    pane.worker.call("schema", { name: schemaName }).then(setSchema, () => undefined);
  }, [pane, schemaName]);
  const changed = names.some((name) => files[name] !== detail.files[name]);
  const check = async (current: string): Promise<readonly PlacedProblem[]> => {
    const edited = { ...files, [place.file]: current };
    const { problems: found } = await pane.worker.call("check", { id, files: edited, language, cases: false });
    setProblems(found);
    return found.filter(({ file }) => file === place.file);
  };
  const elsewhere = problems.filter(({ file }) => file !== place.file);
  const save = async (): Promise<void> => {
    if (await pane.packs.save(id, files)) onClose();
  };
  return (
    <div className={styles.stack}>
      <ButtonRow>
        <Button size="small" onClick={onClose}>
          {say(changed ? "editor.discard" : "editor.back")}
        </Button>
        <Button
          size="small"
          appearance="primary"
          disabledFocusable={!changed || problems.length > 0}
          onClick={() => void save()}
        >
          {say("editor.save")}
        </Button>
      </ButtonRow>
      <Field label={`${info.header.title[language]} · ${say("editor.file")}`}>
        <Select
          value={place.file}
          onChange={(_, { value }) => {
            setPlace({ file: value, line: undefined });
          }}
        >
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <JsonEditor
        key={`${place.file}:${place.line ?? ""}`}
        label={place.file}
        text={text}
        schema={schema}
        readOnly={false}
        line={place.line}
        check={check}
        onChange={(next) => {
          setFiles((before) => ({ ...before, [place.file]: next }));
        }}
      />
      <Hint>{say("editor.keys")}</Hint>
      <div role="status">
        {problems.length > 0 && (
          <RowList label={say("editor.problems")} items={problems} keyOf={(_, i) => String(i)}>
            {({ file, line, text: sentence }) => (
              <>
                <Action
                  onClick={() => {
                    setPlace({ file, line });
                  }}
                >{`${file}:${line}`}</Action>{" "}
                {sentence}
              </>
            )}
          </RowList>
        )}
        {problems.length === 0 && changed && <Message intent="success">{say("editor.in-order")}</Message>}
        {elsewhere.length > 0 && <Hint>{say("editor.elsewhere", { n: elsewhere.length })}</Hint>}
      </div>
      <PackCases id={id} files={files} />
      <WhatIf id={id} files={files} ready={changed && problems.length === 0} />
    </div>
  );
}

/** What the edited pack would change on the open ledger; nothing is written. */
function WhatIf(props: { readonly id: string; readonly files: PackTexts; readonly ready: boolean }): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const overview = usePaneState((state) => state.overview);
  const [running, setRunning] = useState(false);
  const [comparison, setComparison] = useState<Comparison>();
  const { id, files, ready } = props;
  useEffect(() => {
    setComparison(undefined);
  }, [files]);
  const run = async (): Promise<void> => {
    setRunning(true);
    await pane.work.attempt(async () => {
      await pane.ledger.handOver();
      setComparison(await pane.worker.call("whatIf", { ...pane.ledger.when(), id, files }));
    });
    setRunning(false);
  };
  return (
    <>
      <ButtonRow>
        <Button size="small" disabledFocusable={!ready || running || !overview} onClick={() => void run()}>
          {say("whatif.run")}
        </Button>
        {running && <Spinner size="tiny" label={say("whatif.running")} />}
      </ButtonRow>
      <div role="status">{comparison && <Effects comparison={comparison} />}</div>
    </>
  );
}
