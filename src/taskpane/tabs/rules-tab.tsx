import { Badge, Button, Field, Input, makeStyles, Select, Spinner, tokens } from "@fluentui/react-components";
import { lazy, Suspense, useEffect, useRef, useState, type ChangeEvent, type ReactNode } from "react";
import type { PackInfo } from "../../jobs/loaded-packs.js";
import type { ClauseInfo, PackDetail } from "../../worker/messages.js";
import type { EditorPlace } from "../editor/editor-place.js";
import { formatPackFile, parsePackFile } from "../../jobs/pack-file.js";
import { packTitle } from "../ui/pack-title.js";
import { usePane, usePaneState, useTexts } from "../ui/pane-context.js";
import { Action, ButtonRow, Card, Facts, Hint, Message, RowList, Section } from "../ui/parts.js";
import { Details } from "../ui/details.js";
import { PackCases } from "../ui/pack-cases.js";
import { PackLearning } from "../ui/pack-learning.js";
import { Parameters } from "../ui/parameter-form.js";
import { NewRules } from "../ui/new-rules.js";
import { PackSheets } from "../ui/pack-sheets.js";
import { findPack } from "../../process/choose-pack.js";

/** The editor is large and few people need it: it comes when it is asked for. */
const PackEditor = lazy(() => import("../editor/pack-editor.js").then((module) => ({ default: module.PackEditor })));

const useStyles = makeStyles({
  top: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    marginBottom: tokens.spacingVerticalL,
  },
  line: { display: "flex", justifyContent: "space-between", gap: tokens.spacingHorizontalS, alignItems: "baseline" },
  clause: { fontWeight: tokens.fontWeightSemibold },
  hidden: { display: "none" },
  rules: { margin: "0", paddingLeft: tokens.spacingHorizontalL },
});

/** 规则: the packs, their clauses and rules; reading, editing and trying out. */
export function RulesTab(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, language } = useTexts();
  const packs = usePaneState((state) => state.packs);
  const overview = usePaneState((state) => state.overview);
  const [chosen, setChosen] = useState<string>();
  const [detail, setDetail] = useState<PackDetail>();
  const [place, setPlace] = useState<EditorPlace>();
  // The pack that most of this ledger goes by is the one people come for.
  const known = new Map((packs ?? []).map((info) => [info.header.id, info]));
  const first = findPack(overview?.packNames[0] ?? "", known)?.header.id ?? packs?.[0]?.header.id;
  const id = chosen ?? first;
  const info = id === undefined ? undefined : known.get(id);
  useEffect(() => {
    setDetail(undefined);
    if (id === undefined || !packs) return undefined;
    let current = true;
    void pane.work.attempt(async () => {
      const found = await pane.worker.call("pack", { id, language });
      if (current) setDetail(found);
    });
    return () => {
      current = false;
    };
  }, [pane, id, packs, language]);
  if (!packs || !info) return <Spinner size="small" label={say("loading")} />;
  if (place && detail) {
    return (
      <Suspense fallback={<Spinner size="small" label={say("loading")} />}>
        <PackEditor
          info={info}
          detail={detail}
          place={place}
          onClose={() => {
            setPlace(undefined);
          }}
        />
      </Suspense>
    );
  }
  return (
    <>
      <div className={styles.top}>
        <Field label={say("rules.pack")}>
          <Select
            value={info.header.id}
            onChange={(_, { value }) => {
              setChosen(value);
            }}
          >
            {packs.map(({ header, origin }) => (
              <option key={header.id} value={header.id}>
                {packTitle(header.id, packs, language)}
                {origin === "workbook" ? ` · ${say("rules.in-workbook")}` : ""}
              </option>
            ))}
          </Select>
        </Field>
        <PackHead info={info} detail={detail} onEdit={setPlace} onImported={setChosen} />
        <NewRules onMade={setChosen} />
      </div>
      {detail ? (
        <Clauses clauses={detail.clauses} onOpen={setPlace} />
      ) : (
        <Spinner size="small" label={say("loading")} />
      )}
    </>
  );
}

function PackHead(props: {
  readonly info: PackInfo;
  readonly detail: PackDetail | undefined;
  readonly onEdit: (place: EditorPlace) => void;
  readonly onImported: (id: string) => void;
}): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say, language } = useTexts();
  const { info, detail } = props;
  const { header, origin, rules, cases, version, problems, signature } = info;
  const chooser = useRef<HTMLInputElement>(null);
  const [notice, setNotice] = useState<string>();
  const takeFile = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.target.files ?? [];
    event.target.value = "";
    if (!file) return;
    void file.text().then(async (text) => {
      const pack = parsePackFile(text);
      if (!pack) {
        setNotice(say("rules.not-a-pack", { file: file.name }));
        return;
      }
      const { problems: found } = await pane.worker.call("check", { ...pack, language, cases: false });
      const [problem] = found;
      if (problem) {
        const first = `${problem.file}:${problem.line} ${problem.text}`;
        setNotice(say("rules.import-problems", { file: file.name, n: found.length, first }));
      } else if (await pane.packs.save(pack.id, pack.files)) {
        setNotice(undefined);
        props.onImported(pack.id);
      }
    });
  };
  return (
    <>
      {problems.length > 0 && <Message intent="error">{problems[0]}</Message>}
      <Card padded>
        <Facts
          facts={[
            [say("rules.source"), header.source.title[language]],
            [say("rules.version"), version],
            [say("rules.count"), say("rules.count-value", { rules, cases })],
            ...(signature === undefined ? [] : [[say("rules.signature"), signature] as const]),
            ...(header.effectiveFrom === undefined ? [] : [[say("rules.from"), header.effectiveFrom] as const]),
            [
              say("rules.origin"),
              <Badge key="origin" appearance="tint" color={origin === "workbook" ? "warning" : "brand"}>
                {say(origin === "workbook" ? "rules.in-workbook" : "rules.built-in")}
              </Badge>,
            ],
          ]}
        />
      </Card>
      <ButtonRow>
        <Button
          appearance="primary"
          size="small"
          disabledFocusable={!detail}
          onClick={() => {
            props.onEdit({ file: "parameters.json", line: undefined });
          }}
        >
          {say("rules.edit")}
        </Button>
        <Button
          size="small"
          disabledFocusable={!detail}
          onClick={() => {
            if (!detail) return;
            const bytes = new TextEncoder().encode(formatPackFile({ id: header.id, files: detail.files }));
            void pane.papers.deliver({ name: `${header.id}.tiaoli.json`, bytes });
          }}
        >
          {say("rules.export")}
        </Button>
        <Button size="small" onClick={() => chooser.current?.click()}>
          {say("rules.import")}
        </Button>
        {origin === "workbook" && (
          <Button size="small" onClick={() => void pane.packs.save(header.id, undefined)}>
            {say("rules.remove")}
          </Button>
        )}
        <input
          ref={chooser}
          type="file"
          accept=".json,application/json"
          className={styles.hidden}
          aria-label={say("rules.import")}
          tabIndex={-1}
          onChange={takeFile}
        />
      </ButtonRow>
      <div role="status">{notice !== undefined && <Message intent="error">{notice}</Message>}</div>
      {detail && <Parameters key={`figures ${header.id}${version}`} id={header.id} parameters={detail.parameters} />}
      <PackSheets key={`sheets ${header.id}`} id={header.id} />
      {detail && <PackCases key={`${header.id}${version}`} id={header.id} files={detail.files} />}
      {detail && <PackLearning key={`learn ${header.id}${version}`} id={header.id} />}
    </>
  );
}

function Clauses(props: {
  readonly clauses: readonly ClauseInfo[];
  readonly onOpen: (place: EditorPlace) => void;
}): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const [search, setSearch] = useState("");
  const words = search.trim().toLowerCase();
  const shown = props.clauses.filter(({ clause, title, rules }) =>
    [clause, title, ...rules.flatMap((rule) => [rule.id, rule.title])].some((text) =>
      text.toLowerCase().includes(words),
    ),
  );
  return (
    <Section title={say("rules.clauses")} aside={say("count", { n: shown.length })}>
      <Field label={say("rules.search")}>
        <Input
          type="search"
          value={search}
          onChange={(_, { value }) => {
            setSearch(value);
          }}
        />
      </Field>
      <br />
      <RowList label={say("rules.clauses")} items={shown} keyOf={({ clause }) => clause}>
        {({ clause, title, reason, rules }) => (
          <>
            <div className={styles.clause}>{clause}</div>
            <div>{title}</div>
            {reason !== undefined && <Hint>{reason}</Hint>}
            {rules.length > 0 && (
              <Details summary={say("rules.of-clause", { n: rules.length })}>
                <ul className={styles.rules}>
                  {rules.map(({ id, title: name, file, line }) => (
                    <li key={id}>
                      {name}{" "}
                      <Action
                        onClick={() => {
                          props.onOpen({ file: file.slice(file.indexOf("/") + 1), line });
                        }}
                      >
                        {id}
                      </Action>
                    </li>
                  ))}
                </ul>
              </Details>
            )}
          </>
        )}
      </RowList>
    </Section>
  );
}
