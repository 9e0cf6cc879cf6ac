import { Checkbox, Field, makeStyles, Select, Spinner } from "@fluentui/react-components";
import { useEffect, useState, type ReactNode } from "react";
import type { DateOrder } from "../../domain/partial-date.js";
import { markedText } from "../../domain/repair-text.js";
import type { ShownRepairs } from "../../worker/messages.js";
import { Details } from "./details.js";
import { usePane, useTexts } from "./pane-context.js";
import { PaneDialog } from "./pane-dialog.js";
import { Hint } from "./parts.js";

const useStyles = makeStyles({
  table: {
    borderCollapse: "collapse",
    width: "100%",
    tableLayout: "fixed",
    "& td, & th": {
      padding: "2px 6px 2px 0",
      textAlign: "start",
      verticalAlign: "top",
      overflowWrap: "anywhere",
      whiteSpace: "pre-wrap",
      fontWeight: "inherit",
    },
    "& th:first-child, & td:first-child": { width: "3.5em" },
  },
});

type Groups = ShownRepairs["groups"];

/** What can't be read, with what it would be: looked through, chosen, and mended. */
export function RepairDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const pane = usePane();
  const { say, language } = useTexts();
  const [order, setOrder] = useState<DateOrder>();
  const [repairs, setRepairs] = useState<ShownRepairs>();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [mending, setMending] = useState(false);
  useEffect(() => {
    let current = true;
    void pane.ledger.repairs(order).then((found) => {
      if (current) setRepairs(found);
    });
    return () => {
      current = false;
    };
  }, [pane, order, language]);
  const chosen = repairs?.groups.filter(({ key }) => !left.has(key)) ?? [];
  const count = chosen.reduce((sum, group) => sum + group.count, 0);
  const mend = async (): Promise<void> => {
    setMending(true);
    await pane.ledger.mend(
      chosen.map(({ key }) => key),
      order,
    );
    onClose();
  };
  return (
    <PaneDialog
      title={say("repair.title")}
      confirm={say("repair.apply", { n: count })}
      disabled={mending || count === 0}
      onConfirm={() => void mend()}
      onClose={onClose}
    >
      {!repairs && <Spinner size="small" label={say("loading")} />}
      {repairs && (
        <>
          {repairs.groups.length > 0 && <Hint>{say("repair.hint")}</Hint>}
          {repairs.groups.length + repairs.questions.length + repairs.byHand.length === 0 && (
            <Hint>{say("repair.nothing")}</Hint>
          )}
          <Questions repairs={repairs} order={order} onOrder={setOrder} />
          <Choices groups={repairs.groups} left={left} onLeft={setLeft} />
          <ByHand byHand={repairs.byHand} />
        </>
      )}
    </PaneDialog>
  );
}

/** Dates that can be read in several orders; the answer counts for all of them. */
function Questions(props: {
  readonly repairs: ShownRepairs;
  readonly order: DateOrder | undefined;
  readonly onOrder: (order: DateOrder | undefined) => void;
}): ReactNode {
  const { say } = useTexts();
  const { repairs, order, onOrder } = props;
  const [question] = repairs.questions;
  if (!question && order === undefined) return null;
  return (
    <Field
      label={question ? say("repair.question", { header: question.header, n: question.count }) : say("repair.order")}
    >
      <Select
        value={order ?? ""}
        onChange={(_, { value }) => {
          onOrder(value === "" ? undefined : (value as DateOrder));
        }}
      >
        <option value="">{say("repair.order-open")}</option>
        {(question?.readings ?? []).map(({ order: one, text }) => (
          <option key={one} value={one}>
            {`${question?.example ?? ""} → ${text}`}
          </option>
        ))}
        {!question && order !== undefined && <option value={order}>{say(`repair.order.${orderKey(order)}`)}</option>}
      </Select>
    </Field>
  );
}

function orderKey(order: DateOrder): "ymd" | "mdy" | "dmy" {
  return order === "mdy" || order === "dmy" ? order : "ymd";
}

/** The groups with a tick each, and their cells before and after. */
function Choices(props: {
  readonly groups: Groups;
  readonly left: ReadonlySet<string>;
  readonly onLeft: (left: ReadonlySet<string>) => void;
}): ReactNode {
  const { say } = useTexts();
  const { groups, left, onLeft } = props;
  return groups.map((group) => (
    <div key={group.key}>
      <Checkbox
        checked={!left.has(group.key)}
        label={say("repair.group", { text: group.text, n: group.count })}
        onChange={(_, { checked }) => {
          const next = new Set(left);
          if (checked === true) next.delete(group.key);
          else next.add(group.key);
          onLeft(next);
        }}
      />
      <Details summary={`${markedText(group.cells[0]?.before ?? "")} → ${group.cells[0]?.after ?? ""}`}>
        <Cells group={group} />
      </Details>
    </div>
  ));
}

function Cells({ group: { cells, count } }: { readonly group: Groups[number] }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{say("repair.cell")}</th>
            <th scope="col">{say("repair.before")}</th>
            <th scope="col">{say("repair.after")}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map(({ place, before, after }) => (
            <tr key={place}>
              <td>{place}</td>
              <td>{markedText(before)}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > cells.length && <Hint>{say("causes.more", { n: count - cells.length })}</Hint>}
    </>
  );
}

function ByHand({ byHand }: Pick<ShownRepairs, "byHand">): ReactNode {
  const { say } = useTexts();
  if (byHand.length === 0) return null;
  return (
    <Details summary={say("repair.by-hand", { n: byHand.length })}>
      {byHand.map(({ text, where }) => (
        <p key={`${text} ${where}`}>
          {where !== "" && `${say("repair.rows", { rows: where })} `}
          {text}
        </p>
      ))}
    </Details>
  );
}
