import type { ReactNode } from "react";
import { ALL_SHEETS } from "../../../ledger/joined-sheets.js";
import type { Language } from "../../../locales/language.js";
import type { Overview } from "../../state/overview.js";
import { listed } from "../../texts.js";
import { usePane, usePaneState, useTexts, type Texts } from "../../ui/pane-context.js";
import { packTitle } from "../../ui/pack-title.js";
import { Action, Card, Facts, Section } from "../../ui/parts.js";

export function WhatIsRead({
  overview,
  onMap,
}: {
  readonly overview: Overview;
  readonly onMap: () => void;
}): ReactNode {
  const pane = usePane();
  const { say, language } = useTexts();
  const packs = usePaneState((state) => state.packs);
  const phase = usePaneState((state) => state.phase);
  const { sheet, table, sheets, rows, columns, unrecognised, packNames, otherSheets } = overview;
  const titles = packNames.map((name) => packTitle(name, packs, language));
  const names = sheets.map(({ name }) => name);
  // What may be read instead: another sheet or all of them, and of all only one.
  const others = (sheets.length > 1 ? names : otherSheets).map((name) => [name, name] as const);
  if (otherSheets.length > 0) others.push([say("sheets.all"), ALL_SHEETS]);
  return (
    <Section
      title={say("process.what")}
      aside={
        phase === "idle" && <Action onClick={() => void pane.ledger.refresh()}>{say("process.read-again")}</Action>
      }
    >
      <Card padded>
        <Facts
          facts={[
            [say("process.sheet"), sheets.length > 1 ? listed(names, language) : placeText({ sheet, table }, say)],
            ...(others.length > 0
              ? [
                  [
                    say(sheets.length > 1 ? "process.one-sheet" : "process.other-sheets"),
                    others.map(([shown, answer]) => (
                      <Action key={answer} onClick={() => void pane.ledger.answer({ kind: "sheet", sheet: answer })}>
                        {shown}
                      </Action>
                    )),
                  ] as const,
                ]
              : []),
            [say("process.rows"), say("process.rows-value", { rows, columns: columns.length })],
            [say("process.pack"), titles.length > 0 ? shortList(titles, language, say) : say("process.no-pack")],
            ...(unrecognised.length > 0
              ? [
                  [
                    say("process.unrecognised"),
                    <>
                      {listed(
                        unrecognised.slice(0, 6).map(({ header }) => header),
                        language,
                      )}
                      {unrecognised.length > 6 && ` ${say("process.and-more", { more: unrecognised.length - 6 })}`}{" "}
                      <Action onClick={onMap}>{say("mapping.open")}</Action>
                    </>,
                  ] as const,
                ]
              : []),
          ]}
        />
      </Card>
    </Section>
  );
}

function placeText({ sheet, table }: Pick<Overview, "sheet" | "table">, say: Texts["say"]): string {
  return table === undefined ? sheet : say("process.table", { sheet, table });
}

/** Three names are read at a glance; the rest is counted. */
function shortList(names: readonly string[], language: Language, say: Texts["say"]): string {
  const shown = listed(names.slice(0, 3), language);
  return names.length > 3 ? say("process.packs-more", { shown, n: names.length }) : shown;
}
