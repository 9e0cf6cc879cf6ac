import { Field, makeStyles, Radio, RadioGroup, Select, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { Preferences } from "../../state/preferences.js";
import { usePane, usePaneState, useTexts } from "../../ui/pane-context.js";
import { Card, Section } from "../../ui/parts.js";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
});

/** How the pane looks and speaks on this computer. */
export function Looks(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const preferences = usePaneState((state) => state.preferences);
  return (
    <Section title={say("settings.looks")}>
      <Card padded>
        <div className={styles.form}>
          <Field label={say("settings.language")}>
            <RadioGroup
              layout="horizontal"
              value={preferences.language}
              onChange={(_, { value }) => {
                pane.setPreferences({ language: value as Preferences["language"] });
              }}
            >
              <Radio value="auto" label={say("settings.language-auto")} />
              <Radio value="zh" label="中文" />
              <Radio value="en" label="English" />
            </RadioGroup>
          </Field>
          <Field label={say("settings.theme")}>
            <Select
              value={preferences.theme}
              onChange={(_, { value }) => {
                pane.setPreferences({ theme: value as Preferences["theme"] });
              }}
            >
              <option value="auto">{say("theme.auto")}</option>
              <option value="light">{say("theme.light")}</option>
              <option value="dark">{say("theme.dark")}</option>
              <option value="contrast">{say("theme.contrast")}</option>
            </Select>
          </Field>
        </div>
      </Card>
    </Section>
  );
}
