import { Field, Select } from "@fluentui/react-components";
import { useEffect, useState, type ReactNode } from "react";
import { COLUMNS, isColumnId, type ColumnId } from "../../domain/columns.js";
import { possibleMapping } from "../../domain/match-key.js";
import { usePane, usePaneState, useTexts } from "./pane-context.js";
import { PaneDialog } from "./pane-dialog.js";
import { Hint } from "./parts.js";

/** Says what the workbook's own headers mean; the choice is kept in the workbook. */
export function MappingDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const pane = usePane();
  const { say, title } = useTexts();
  const overview = usePaneState((state) => state.overview);
  const [mapping, setMapping] = useState<ReadonlyMap<string, ColumnId>>();
  const [likely, setLikely] = useState<readonly string[]>([]);
  const [saving, setSaving] = useState(false);
  useEffect(() => {
    void pane.work.attempt(async () => {
      if (!overview) setLikely(await pane.workbook.likelyHeaders());
      setMapping((await pane.ledger.answers()).mapping);
    });
  }, [pane, overview]);
  const open = overview ? overview.unrecognised.map(({ header }) => header) : likely;
  const headers = [...new Set([...(mapping?.keys() ?? []), ...open])];
  const taken = new Set(overview?.columns.map(([id]) => id) ?? []);
  const choose = (header: string, value: string): void => {
    const next = new Map(mapping);
    if (isColumnId(value)) next.set(header, value);
    else next.delete(header);
    setMapping(next);
  };
  const save = async (): Promise<void> => {
    if (!mapping) return;
    setSaving(true);
    await pane.ledger.saveHeaderMapping(mapping);
    onClose();
  };
  return (
    <PaneDialog
      title={say("mapping.title")}
      confirm={say("mapping.save")}
      disabled={saving || !mapping}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <Hint>{say("mapping.hint")}</Hint>
      {headers.length === 0 && <Hint>{say("mapping.none")}</Hint>}
      {headers.map((header) => {
        const chosen = mapping?.get(header);
        const suggested = possibleMapping(header, taken).map(({ column }) => column);
        const rest = COLUMNS.filter(({ id, role }) => role === "input" && !suggested.includes(id));
        return (
          <Field key={header} label={header}>
            <Select
              value={chosen ?? ""}
              onChange={(_, { value }) => {
                choose(header, value);
              }}
            >
              <option value="">{say("mapping.ignore")}</option>
              {suggested.length > 0 && (
                <optgroup label={say("mapping.suggested")}>
                  {suggested.map((id) => (
                    <option key={id} value={id}>
                      {title(id)}
                    </option>
                  ))}
                </optgroup>
              )}
              <optgroup label={say("mapping.all")}>
                {rest.map(({ id }) => (
                  <option key={id} value={id}>
                    {title(id)}
                  </option>
                ))}
              </optgroup>
            </Select>
          </Field>
        );
      })}
    </PaneDialog>
  );
}
