import type { ReactNode } from "react";
import { useTexts } from "./pane-context.js";
import { RowList, Section } from "./parts.js";

/** The forms a case needs. */
export function Forms({ names }: { readonly id: string; readonly names: readonly string[] }): ReactNode {
  const { say } = useTexts();
  return (
    <Section title={say("case.forms")}>
      <RowList label={say("case.forms")} items={names} keyOf={(name) => name}>
        {(name) => <span lang="zh-CN">{name}</span>}
      </RowList>
    </Section>
  );
}
