import {
  Button,
  FluentProvider,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  tokens,
  Toolbar,
  ToolbarButton,
} from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { FolderOpenRegular } from "@fluentui/react-icons/svg/folder-open";
import { LocalLanguageRegular } from "@fluentui/react-icons/svg/local-language";
import { TableRegular } from "@fluentui/react-icons/svg/table";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { workbookErrorText } from "../../ledger/file/workbook-error-text.js";
import type { Language } from "../../locales/language.js";
import { DEFAULT_PREFERENCES } from "../../taskpane/state/preferences.js";
import { useTheme } from "../../taskpane/ui/theme.js";
import { Bench } from "./bench.js";
import { sayIn, type Say } from "./texts.js";
import { Workplace } from "./workplace.js";

const SAMPLE = { url: "templates/sample-ledger.xlsx", name: "sample-ledger.xlsx" } as const;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", height: "100vh" },
  bar: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "4px",
    padding: "4px 8px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: { fontSize: "16px", lineHeight: "22px", fontWeight: 600, margin: "0 8px 0 4px" },
  group: { padding: "0" },
  grow: { flexGrow: 1 },
  line: { flexShrink: 0 },
  hidden: { display: "none" },
});

interface Notice {
  readonly intent: "info" | "success" | "warning" | "error";
  readonly texts: readonly string[];
}

/** The page: a bar with files, the ribbon's commands and rows; the grid with its sheets; the pane beside it. */
export function App({ language: first }: { readonly language: Language }): ReactNode {
  const [language, setLanguage] = useState(first);
  const [bench, setBench] = useState<Bench>();
  const [notice, setNotice] = useState<Notice>();
  const styles = useStyles();
  const theme = useTheme(DEFAULT_PREFERENCES, undefined);
  const say = useMemo(() => sayIn(language), [language]);
  const sayNow = useRef(say);
  sayNow.current = say;

  const open = (bytes: Uint8Array, name: string): void => {
    try {
      setBench(
        new Bench(bytes, name, (refusal, code) => {
          const reason = sayNow.current(`refused.${refusal}`, { code });
          setNotice({ intent: "warning", texts: [sayNow.current("refused", { reason })] });
        }),
      );
      setNotice({ intent: "info", texts: [say("opened", { name })] });
    } catch (error) {
      setNotice({ intent: "error", texts: [say("opened.failed", { name, reason: reasonOf(error, language, say) })] });
    }
  };
  const openSample = async (): Promise<void> => {
    const response = await fetch(SAMPLE.url);
    if (response.ok) open(new Uint8Array(await response.arrayBuffer()), SAMPLE.name);
    else
      setNotice({
        intent: "error",
        texts: [say("opened.failed", { name: SAMPLE.name, reason: String(response.status) })],
      });
  };
  // Once: the sample is what the page begins with.
  const begin = useRef(openSample);
  useEffect(() => {
    void begin.current();
  }, []);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = say("title");
  }, [language, say]);
  const save = (): void => {
    if (!bench) return;
    try {
      const { bytes, changedCells, pages, unsaved } = bench.save(language);
      download(bytes, bench.name);
      const done = changedCells + pages.length > 0 ? "saved" : "saved.nothing";
      const withCharts =
        pages.length > 0 ? [say("saved.pages", { sheets: pages.join(language === "zh" ? "、" : ", ") })] : [];
      const left = unsaved.map((part) => say(`unsaved.${part}`));
      setNotice({
        intent: left.length > 0 ? "warning" : "success",
        texts: [say(done, { name: bench.name, count: changedCells }), ...withCharts, ...left],
      });
    } catch (error) {
      setNotice({ intent: "error", texts: [say("saved.failed", { reason: reasonOf(error, language, say) })] });
    }
  };
  return (
    <FluentProvider theme={theme} className={styles.root}>
      <header className={styles.line}>
        <div className={styles.bar}>
          <h1 className={styles.title}>{say("title")}</h1>
          <FileTools say={say} open={open} openSample={openSample} save={save} />
          <span className={styles.grow} />
          <Button
            appearance="subtle"
            icon={<LocalLanguageRegular />}
            lang={language === "zh" ? "en" : "zh-CN"}
            onClick={() => {
              setLanguage(language === "zh" ? "en" : "zh");
            }}
          >
            {say("language")}
          </Button>
        </div>
        <MessageBar intent="warning" className={styles.line} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say("not-excel")}</MessageBarTitle> {say("not-excel.more")}
          </MessageBarBody>
        </MessageBar>
        <div aria-live="polite" className={styles.line}>
          {notice && (
            <MessageBar intent={notice.intent}>
              <MessageBarBody>{notice.texts.join(" ")}</MessageBarBody>
            </MessageBar>
          )}
        </div>
      </header>
      {bench && <Workplace key={language} bench={bench} say={say} language={language} />}
    </FluentProvider>
  );
}

function FileTools({
  say,
  open,
  openSample,
  save,
}: {
  readonly say: Say;
  readonly open: (bytes: Uint8Array, name: string) => void;
  readonly openSample: () => Promise<void>;
  readonly save: () => void;
}): ReactNode {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const chosen = async (file: File | undefined): Promise<void> => {
    if (file) open(new Uint8Array(await file.arrayBuffer()), file.name);
  };
  return (
    <Toolbar aria-label={say("files")} size="small" className={styles.group}>
      <input
        ref={input}
        type="file"
        accept=".xlsx,.xlsm"
        aria-label={say("open")}
        className={styles.hidden}
        onChange={({ target }) => {
          void chosen(target.files?.[0]);
          target.value = "";
        }}
      />
      <ToolbarButton icon={<FolderOpenRegular />} onClick={() => input.current?.click()}>
        {say("open")}
      </ToolbarButton>
      <ToolbarButton icon={<ArrowDownloadRegular />} onClick={save}>
        {say("save")}
      </ToolbarButton>
      <ToolbarButton icon={<TableRegular />} onClick={() => void openSample()}>
        {say("sample")}
      </ToolbarButton>
    </Toolbar>
  );
}

function reasonOf(error: unknown, language: Language, say: Say): string {
  const known = workbookErrorText(error, language);
  if (known !== undefined) return known;
  return say("unexpected", { detail: error instanceof Error ? error.message : String(error) });
}

function download(bytes: Uint8Array, name: string): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: XLSX }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
