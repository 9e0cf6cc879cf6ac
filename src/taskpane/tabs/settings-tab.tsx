import { Button, Field, Input, makeStyles, Radio, RadioGroup, Select, tokens } from "@fluentui/react-components";
import { lazy, Suspense, useEffect, useId, useState, type FormEvent, type ReactNode } from "react";
import type { ColumnId } from "../../domain/columns.js";
import { parseIso, toSerial } from "../../domain/wall-time.js";
import type { TableWish } from "../excel/pane-workbook.js";
import { PERSON_FIELDS, SETTING_ITEMS, type Overview, type PersonField, type SettingItem } from "../state/overview.js";
import type { Preferences } from "../state/preferences.js";
import { Details } from "../ui/details.js";
import { usePane, usePaneState, useTexts } from "../ui/pane-context.js";
import { Action, ButtonRow, Card, Facts, Hint, RowList, Section } from "../ui/parts.js";

const MappingDialog = lazy(() =>
  import("../ui/mapping-dialog.js").then((module) => ({ default: module.MappingDialog })),
);

const SETTINGS: TableWish = { table: "Settings", sheet: "设置", headers: ["项目", "值"] };
const HOLIDAYS: TableWish = { table: "Holidays", sheet: "节假日", headers: ["日期", "类型", "名称"] };
const PEOPLE: TableWish = {
  table: "People",
  sheet: "人员",
  headers: ["姓名", ...PERSON_FIELDS],
};

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  pair: {
    display: "grid",
    gridTemplateColumns: "repeat(2, minmax(0, 1fr))",
    "& input": { minWidth: 0 },
    // Labels may take two lines; the fields stand in line all the same.
    alignItems: "end",
    gap: tokens.spacingHorizontalS,
  },
});

/** 设置: what the ledger's judging rests on (kept in the workbook), and how the pane looks (kept on this computer). */
export function SettingsTab(): ReactNode {
  const overview = usePaneState((state) => state.overview);
  return (
    <>
      {overview && <LedgerSettings key={JSON.stringify(overview.settings)} overview={overview} />}
      {overview && <HeaderMapping overview={overview} />}
      {overview && <People overview={overview} />}
      {overview && <Holidays overview={overview} />}
      <Looks />
    </>
  );
}

function LedgerSettings({ overview }: { readonly overview: Overview }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
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
    void pane.putLines(
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
                set("默认制度", value);
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

function HeaderMapping({ overview }: { readonly overview: Overview }): ReactNode {
  const pane = usePane();
  const { say, language, title } = useTexts();
  const [open, setOpen] = useState(false);
  const [mapping, setMapping] = useState<ReadonlyMap<string, ColumnId>>(new Map());
  useEffect(() => {
    void pane.attempt(async () => {
      setMapping(await pane.headerMapping());
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

function People({ overview: { people } }: { readonly overview: Overview }): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  return (
    <Section
      title={say("settings.people")}
      {...(people ? { aside: say("deductions.persons", { n: people.known }) } : {})}
    >
      <Card padded>
        {people && people.withoutWage > 0 && <Hint>{say("settings.people-lacking", { n: people.withoutWage })}</Hint>}
        {!people && <Hint>{say("settings.no-people")}</Hint>}
        {people && <Action onClick={() => void pane.goTo(people.sheet, "A1")}>{say("settings.open-sheet")}</Action>}
        <Details summary={say("settings.person-edit")}>
          <PersonForm people={people} />
        </Details>
      </Card>
    </Section>
  );
}

const NUMERIC: ReadonlySet<PersonField> = new Set(["基点数", "月绩效奖金", "月工资"]);

/** One person of 人员: a known name brings what is known and changes it, a new one adds a line. */
function PersonForm({ people }: { readonly people: Overview["people"] }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  const [name, setName] = useState("");
  const [typed, setTyped] = useState<Partial<Record<PersonField, string>>>({});
  const list = useId();
  const names = Object.keys(people?.lines ?? {});
  const key = name.trim();
  const known = people && Object.hasOwn(people.lines, key) ? people.lines[key] : undefined;
  const valueOf = (field: PersonField): string => typed[field] ?? known?.[field] ?? "";
  const isWrong = (field: PersonField): boolean => {
    const text = valueOf(field).trim();
    return NUMERIC.has(field) && text !== "" && !/^\d+(\.\d+)?$/.test(text);
  };
  const ready = idle && key !== "" && !PERSON_FIELDS.some(isWrong) && (!known || Object.keys(typed).length > 0);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    const cells = PERSON_FIELDS.map((field) => {
      const text = valueOf(field).trim();
      return NUMERIC.has(field) && text !== "" ? Number(text) : text;
    });
    void pane.putLines(PEOPLE, [[key, ...cells]]).then((done) => {
      if (!done) return;
      setName("");
      setTyped({});
    });
  };
  return (
    <form className={styles.form} onSubmit={save}>
      <Field label={say("settings.person")} hint={say("settings.person-hint")}>
        <Input
          value={name}
          list={list}
          autoComplete="off"
          onChange={(_, { value }) => {
            setName(value);
            setTyped({});
          }}
        />
      </Field>
      <datalist id={list}>
        {names.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <div className={styles.pair}>
        {PERSON_FIELDS.map((field) => (
          <Field
            key={field}
            label={say(`person.${field}`)}
            {...(isWrong(field) ? { validationMessage: say("person.not-a-number") } : {})}
          >
            <Input
              value={valueOf(field)}
              {...(NUMERIC.has(field) ? { inputMode: "decimal" as const } : {})}
              onChange={(_, { value }) => {
                setTyped({ ...typed, [field]: value });
              }}
            />
          </Field>
        ))}
      </div>
      <ButtonRow>
        <Button type="submit" size="small" disabledFocusable={!ready}>
          {say(known ? "settings.person-save" : "settings.person-add")}
        </Button>
      </ButtonRow>
    </form>
  );
}

function Holidays({ overview: { holidays } }: { readonly overview: Overview }): ReactNode {
  const pane = usePane();
  const styles = useStyles();
  const { say } = useTexts();
  const [date, setDate] = useState("");
  const [kind, setKind] = useState("休");
  const [name, setName] = useState("");
  const serial = parseIso(date);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (serial === undefined) return;
    void pane.putLines(HOLIDAYS, [[toSerial(serial), kind, name.trim()]]).then((done) => {
      if (!done) return;
      setDate("");
      setName("");
    });
  };
  return (
    <Section
      title={say("settings.holidays")}
      {...(holidays ? { aside: say("count", { n: holidays.days.length }) } : {})}
    >
      <Card padded>
        <Hint>{say("settings.holidays-hint")}</Hint>
        <form className={styles.form} onSubmit={save}>
          <div className={styles.pair}>
            <Field label={say("settings.holiday-date")}>
              <Input
                type="date"
                value={date}
                onChange={(_, { value }) => {
                  setDate(value);
                }}
              />
            </Field>
            <Field label={say("settings.holiday-kind")}>
              <Select
                value={kind}
                onChange={(_, { value }) => {
                  setKind(value);
                }}
              >
                <option value="休">{say("settings.rest")}</option>
                <option value="班">{say("settings.work")}</option>
              </Select>
            </Field>
          </div>
          <Field label={say("settings.holiday-name")}>
            <Input
              value={name}
              onChange={(_, { value }) => {
                setName(value);
              }}
            />
          </Field>
          <ButtonRow>
            <Button type="submit" size="small" disabledFocusable={serial === undefined}>
              {say("settings.holiday-add")}
            </Button>
            {holidays && (
              <Action onClick={() => void pane.goTo(holidays.sheet, "A1")}>{say("settings.open-sheet")}</Action>
            )}
          </ButtonRow>
        </form>
      </Card>
      {holidays && holidays.days.length > 0 && (
        <RowList scrolls label={say("settings.holidays")} items={holidays.days} keyOf={({ date: day }) => day}>
          {(day) => `${day.date}  ${say(day.kind === "rest" ? "settings.rest" : "settings.work")}  ${day.name}`}
        </RowList>
      )}
    </Section>
  );
}

function Looks(): ReactNode {
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
