import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import { PUBLIC_KEY, type TrustedKey } from "../../../domain/public-key.js";
import { usePane, useTexts } from "../../ui/pane-context.js";
import { Card, Hint, Message, Section } from "../../ui/parts.js";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  key: { overflowWrap: "anywhere", fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  line: { display: "flex", justifyContent: "space-between", alignItems: "center", gap: tokens.spacingHorizontalS },
});

/** Whose signatures on rule packs are believed on this computer. */
export function TrustedKeys(): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const [keys, setKeys] = useState(pane.packs.trusted);
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const [notice, setNotice] = useState<string>();
  const keep = (next: readonly TrustedKey[]): void => {
    setKeys(next);
    void pane.work.attempt(async () => {
      setNotice((await pane.packs.trust(next)) ? undefined : say("trusted.not-kept"));
    });
  };
  const add = (): void => {
    const publicKey = text.trim();
    if (name.trim() === "") setNotice(say("trusted.no-name"));
    else if (!PUBLIC_KEY.test(publicKey)) setNotice(say("trusted.no-key"));
    else {
      setName("");
      setText("");
      keep([...keys.filter((key) => key.publicKey !== publicKey), { name: name.trim(), publicKey }]);
    }
  };
  return (
    <Section title={say("trusted.title")}>
      <Card padded>
        <div className={styles.form}>
          <Hint>{say("trusted.hint")}</Hint>
          {keys.map((key) => (
            <div key={key.publicKey} className={styles.line}>
              <div>
                {key.name}
                <div className={styles.key}>{key.publicKey}</div>
              </div>
              <Button
                size="small"
                onClick={() => {
                  keep(keys.filter(({ publicKey }) => publicKey !== key.publicKey));
                }}
              >
                {say("trusted.remove")}
              </Button>
            </div>
          ))}
          <Field label={say("trusted.name")}>
            <Input
              value={name}
              onChange={(_, { value }) => {
                setName(value);
              }}
            />
          </Field>
          <Field label={say("trusted.key")}>
            <Input
              value={text}
              onChange={(_, { value }) => {
                setText(value);
              }}
            />
          </Field>
          {notice !== undefined && <Message intent="error">{notice}</Message>}
          <div>
            <Button size="small" onClick={add}>
              {say("trusted.add")}
            </Button>
          </div>
        </div>
      </Card>
    </Section>
  );
}
