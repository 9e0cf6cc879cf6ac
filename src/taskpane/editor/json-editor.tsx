import {
  autocompletion,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, foldGutter, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, linter, lintKeymap, type Diagnostic } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import type { PlacedProblem } from "../../jobs/check-pack.js";
import { proposalsAt } from "./schema-completion.js";

interface JsonEditorProps {
  readonly label: string;
  /** Another file is another editor: its path is the component's key. */
  readonly text: string;
  readonly schema: object | undefined;
  readonly readOnly: boolean;
  readonly onChange: (text: string) => void;
  /** What is wrong with a text, asked for a moment after typing stops. */
  readonly check: (text: string) => Promise<readonly PlacedProblem[]>;
  /** Line to show first, from 1. */
  readonly line: number | undefined;
}

const CHECK_DELAY = 500;

/** Colours of the theme, so that they can be read on light and dark ground. */
const HIGHLIGHTS = HighlightStyle.define([
  { tag: tags.propertyName, color: tokens.colorBrandForeground1 },
  { tag: tags.string, color: tokens.colorPaletteBerryForeground1 },
  { tag: [tags.number, tags.bool, tags.null], color: tokens.colorPaletteDarkOrangeForeground1 },
]);

const useStyles = makeStyles({
  root: {
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: "hidden",
    backgroundColor: tokens.colorNeutralBackground1,
    "& .cm-editor": { height: "360px", fontSize: "12px" },
    "& .cm-scroller": { fontFamily: tokens.fontFamilyMonospace },
    "& .cm-content": { caretColor: tokens.colorNeutralForeground1, color: tokens.colorNeutralForeground1 },
    "& .cm-gutters": {
      backgroundColor: tokens.colorNeutralBackground3,
      color: tokens.colorNeutralForeground2,
      border: "none",
    },
    "& .cm-activeLine, & .cm-activeLineGutter": { backgroundColor: tokens.colorSubtleBackgroundHover },
    "& .cm-tooltip": {
      backgroundColor: tokens.colorNeutralBackground1,
      color: tokens.colorNeutralForeground1,
      border: `1px solid ${tokens.colorNeutralStroke1}`,
    },
  },
});

/** A JSON file, with completion by its schema and its errors marked while typing. Tab indents; Esc, then Tab, leaves it. */
export default function JsonEditor({
  label,
  text,
  schema,
  readOnly,
  onChange,
  check,
  line,
}: JsonEditorProps): ReactNode {
  const styles = useStyles();
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef({ schema, onChange, check });
  latest.current = { schema, onChange, check };
  const start = useRef({ text, readOnly, label, line });
  useEffect(() => {
    const { text: doc, readOnly: fixed, label: name, line: first } = start.current;
    const view = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc,
        extensions: [
          lineNumbers(),
          foldGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          json(),
          syntaxHighlighting(HIGHLIGHTS),
          lintGutter(),
          linter((current) => diagnostics(current, latest.current.check), { delay: CHECK_DELAY }),
          autocompletion({ override: [(context) => completions(context, latest.current.schema)] }),
          keymap.of([...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap, indentWithTab]),
          EditorState.readOnly.of(fixed),
          // office.js comes only to what has a tabindex, when it handles Tab in Excel on the web.
          EditorView.contentAttributes.of({ "aria-label": name, tabindex: "0" }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) latest.current.onChange(state.doc.toString());
          }),
        ],
      }),
    });
    if (first !== undefined && first <= view.state.doc.lines) {
      const at = view.state.doc.line(first).from;
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "start" }) });
    }
    return () => {
      view.destroy();
    };
  }, []);
  // office.js hears keys at the window: Tab would move on although it indents, and Escape would leave the pane.
  const keep = (event: KeyboardEvent): void => {
    if (event.key === "Escape" || (event.key === "Tab" && event.defaultPrevented)) event.stopPropagation();
  };
  return <div ref={place} className={styles.root} onKeyDown={keep} />;
}

async function diagnostics({ state }: EditorView, check: JsonEditorProps["check"]): Promise<Diagnostic[]> {
  const problems = await check(state.doc.toString());
  return problems.map(({ line, column, text }) => {
    const found = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
    const from = Math.min(found.from + column - 1, found.to);
    return { from, to: found.to, severity: "error", message: text };
  });
}

function completions(context: CompletionContext, schema: object | undefined): CompletionResult | null {
  if (!schema) return null;
  const before = context.matchBefore(/["\w-]*/);
  if (!context.explicit && (!before || before.from === before.to)) return null;
  const found = proposalsAt(context.state.doc.toString(), context.pos, schema);
  if (!found) return null;
  // A string that has been begun is replaced whole, its closing quote included.
  const after = context.state.sliceDoc(context.pos, context.pos + 1) === '"' ? 1 : 0;
  return {
    from: found.from,
    to: context.pos + after,
    filter: true,
    options: found.list.map(({ label, insert, detail }) => ({
      label: insert,
      displayLabel: label,
      detail,
      apply: insert,
    })),
  };
}
