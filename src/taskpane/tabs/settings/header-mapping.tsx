import { Button } from "@fluentui/react-components";
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import type { ColumnId } from "../../../domain/columns.js";
import type { Overview } from "../../state/overview.js";
import { usePane, useTexts } from "../../ui/pane-context.js";
import { ButtonRow, Card, Facts, Hint, Section } from "../../ui/parts.js";

const MappingDialog = lazy(() =>
  import("../../ui/mapping-dialog.js").then((module) => ({ default: module.MappingDialog })),
);

/** What the workbook's own headers were said to mean. */
export function HeaderMapping({ overview }: { readonly overview: Overview }): ReactNode {
  const pane = usePane();
  const { say, language, title } = useTexts();
  const [open, setOpen] = useState(false);
  const [mapping, setMapping] = useState<ReadonlyMap<string, ColumnId>>(new Map());
  useEffect(() => {
    void pane.work.attempt(async () => {
      setMapping((await pane.ledger.answers()).mapping);
    });
  }, [pane, overview]);
  return (
    <Section title={say("mapping.title")}>
      <Card padded>
        {mapping.size === 0 && <Hint>{say("settings.no-mapping")}</Hint>}
        {mapping.size > 0 && <Facts facts={[...mapping].map(([header, id]) => [header, title(id)] as const)} />}
        {overview.unrecognised.length > 0 && (
          <Hint>
            {say("settings.unrecognised", {
              headers: overview.unrecognised.map(({ header }) => header).join(language === "zh" ? "、" : ", "),
            })}
          </Hint>
        )}
        <ButtonRow>
          <Button
            size="small"
            onClick={() => {
              setOpen(true);
            }}
          >
            {say("mapping.open")}
          </Button>
        </ButtonRow>
      </Card>
      {open && (
        <Suspense>
          <MappingDialog
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </Section>
  );
}
