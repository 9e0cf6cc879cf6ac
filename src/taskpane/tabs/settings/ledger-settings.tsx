import { Button, Field, Input, Select } from "@fluentui/react-components";
import { useState, type FormEvent, type ReactNode } from "react";
import type { TableWish } from "../../excel/pane-workbook.js";
import { SETTING_ITEMS, type Overview, type SettingItem } from "../../state/overview.js";
import { usePane, usePaneState, useTexts } from "../../ui/pane-context.js";
import { ButtonRow, Card, Hint, Section } from "../../ui/parts.js";
import { useFormStyles } from "./form-styles.js";

const SETTINGS: TableWish = { table: "Settings", sheet: "设置", headers: ["项目", "值"] };

/** 设置 of the workbook: what the ledger is judged by. */
export function LedgerSettings({ overview }: { readonly overview: Overview }): ReactNode {
  const pane = usePane();
  const styles = useFormStyles();
  const { say, language } = useTexts();
  const packs = usePaneState((state) => state.packs);
  const idle = usePaneState((state) => state.phase === "idle");
  const [values, setValues] = useState<Partial<Record<SettingItem, string>>>(overview.settings);
  const changed = SETTING_ITEMS.filter((item) => (values[item] ?? "") !== (overview.settings[item] ?? ""));
  const set = (item: SettingItem, value: string): void => {
    setValues({ ...values, [item]: value });
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    void pane.ledger.putLines(
      SETTINGS,
      changed.map((item) => [item, values[item]?.trim() ?? ""]),
    );
  };
  // A pack may stand in the table by its title as well.
  const chosen = values.默认制度 ?? "";
  const byName = packs?.find(({ header: { id, title } }) => [id, title.zh, title.en].includes(chosen));
  return (
    <Section title={say("settings.ledger")}>
      <Card padded>
        <form className={styles.form} onSubmit={save}>
          <Field label={say("setting.默认制度")}>
            <Select
              value={byName?.header.id ?? chosen}
              onChange={(_, { value }) => {
                // People read the table: the title stands in it, and either is understood.
                set("默认制度", packs?.find(({ header }) => header.id === value)?.header.title.zh ?? value);
              }}
            >
              <option value="">{say("settings.no-default")}</option>
              {chosen !== "" && !byName && <option value={chosen}>{chosen}</option>}
              {packs?.map(({ header }) => (
                <option key={header.id} value={header.id}>
                  {header.title[language]}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={say("setting.单位名称")}>
            <Input
              value={values.单位名称 ?? ""}
              onChange={(_, { value }) => {
                set("单位名称", value);
              }}
            />
          </Field>
          <div className={styles.pair}>
            <Field label={say("setting.下班时间")}>
              <Input
                placeholder="18:00"
                value={values.下班时间 ?? ""}
                onChange={(_, { value }) => {
                  set("下班时间", value);
                }}
              />
            </Field>
            <Field label={say("setting.上班时间")}>
              <Input
                placeholder="9:00"
                value={values.上班时间 ?? ""}
                onChange={(_, { value }) => {
                  set("上班时间", value);
                }}
              />
            </Field>
            <Field label={say("setting.提醒比例")}>
              <Input
                placeholder="50、75"
                value={values.提醒比例 ?? ""}
                onChange={(_, { value }) => {
                  set("提醒比例", value);
                }}
              />
            </Field>
            <Field label={say("setting.重复投诉天数")}>
              <Input
                inputMode="numeric"
                placeholder="90"
                value={values.重复投诉天数 ?? ""}
                onChange={(_, { value }) => {
                  set("重复投诉天数", value);
                }}
              />
            </Field>
            <Field label={say("setting.当地最低工资")}>
              <Input
                inputMode="decimal"
                value={values.当地最低工资 ?? ""}
                onChange={(_, { value }) => {
                  set("当地最低工资", value);
                }}
              />
            </Field>
            <Field label={say("setting.扣款地区")}>
              <Input
                value={values.扣款地区 ?? ""}
                onChange={(_, { value }) => {
                  set("扣款地区", value);
                }}
              />
            </Field>
            <Field label={say("setting.锁定至月份")}>
              <Input
                placeholder="2026-03"
                value={values.锁定至月份 ?? ""}
                onChange={(_, { value }) => {
                  set("锁定至月份", value);
                }}
              />
            </Field>
          </div>
          <Hint>{say("settings.where")}</Hint>
          <ButtonRow>
            <Button type="submit" appearance="primary" disabledFocusable={!idle || changed.length === 0}>
              {say("save")}
            </Button>
          </ButtonRow>
        </form>
      </Card>
    </Section>
  );
}
