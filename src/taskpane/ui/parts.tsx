import { Link, makeStyles, mergeClasses, MessageBar, MessageBarBody, tokens } from "@fluentui/react-components";
import { useEffect, useId, useState, type ReactNode } from "react";

/** Small building blocks that all tabs share. */

const useStyles = makeStyles({
  section: { marginBottom: tokens.spacingVerticalXL },
  head: {
    display: "flex",
    alignItems: "baseline",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalS,
    marginBottom: tokens.spacingVerticalS,
  },
  heading: {
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
    margin: "0",
  },
  aside: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: "hidden",
  },
  padded: { padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}` },
  hint: {
    color: tokens.colorNeutralForeground2,
    margin: "2px 0 4px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "1.5",
  },
  facts: {
    display: "grid",
    gridTemplateColumns: "max-content minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    margin: "0",
    "& dt": { color: tokens.colorNeutralForeground2 },
    "& dd": { margin: "0", overflowWrap: "anywhere" },
  },
  // Forced colours leave a link nothing else to be told by.
  action: { "@media (forced-colors: active)": { textDecorationLine: "underline" } },
  list: { listStyleType: "none", margin: "0", padding: "0" },
  item: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    ":first-child": { borderTop: "none" },
    overflowWrap: "anywhere",
  },
  scroll: { maxHeight: "320px", overflowY: "auto" },
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center" },
});

export function Section(props: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const styles = useStyles();
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <div className={styles.head}>
        <h2 id={id} className={styles.heading}>
          {props.title}
        </h2>
        {props.aside !== undefined && <span className={styles.aside}>{props.aside}</span>}
      </div>
      {props.children}
    </section>
  );
}

export function Card(props: { readonly padded?: boolean; readonly children: ReactNode }): ReactNode {
  const styles = useStyles();
  return <div className={mergeClasses(styles.card, props.padded === true && styles.padded)}>{props.children}</div>;
}

/** Names and values in two columns. */
export function Facts(props: { readonly facts: readonly (readonly [string, ReactNode])[] }): ReactNode {
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {props.facts.map(([name, value]) => [<dt key={`${name}-t`}>{name}</dt>, <dd key={`${name}-d`}>{value}</dd>])}
    </dl>
  );
}

/** Rows of a list that are drawn at once; a long one is filled up afterwards, so that drawing never holds typing up. */
const ROWS_AT_ONCE = 30;

/** How many of `count` rows to draw now. */
export function useGradual(count: number): number {
  const [drawn, setDrawn] = useState(ROWS_AT_ONCE);
  useEffect(() => {
    if (drawn >= count) return;
    const timer = setTimeout(() => {
      setDrawn(drawn + ROWS_AT_ONCE);
    }, 20);
    return () => {
      clearTimeout(timer);
    };
  }, [drawn, count]);
  return drawn;
}

/** A list of rows in a card; scrolls within itself when long, and can then be reached with the keyboard. */
export function RowList<Item>(props: {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item, index: number) => string;
  /** Whether a long list scrolls within itself. */
  readonly scrolls?: boolean;
  readonly children: (item: Item) => ReactNode;
}): ReactNode {
  const styles = useStyles();
  const scrolls = props.scrolls === true && props.items.length > 6;
  const drawn = useGradual(props.items.length);
  return (
    <div
      className={mergeClasses(styles.card, scrolls && styles.scroll)}
      {...(scrolls ? { tabIndex: 0, role: "group", "aria-label": props.label } : {})}
    >
      <ul className={styles.list} aria-label={props.label}>
        {props.items.slice(0, drawn).map((item, index) => (
          <li key={props.keyOf(item, index)} className={styles.item}>
            {props.children(item)}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Hint(props: { readonly children: ReactNode }): ReactNode {
  return <p className={useStyles().hint}>{props.children}</p>;
}

export function ButtonRow(props: { readonly children: ReactNode }): ReactNode {
  return <div className={useStyles().row}>{props.children}</div>;
}

export function Message(props: {
  readonly intent: "info" | "success" | "warning" | "error";
  readonly children: ReactNode;
}): ReactNode {
  return (
    <MessageBar intent={props.intent} layout="multiline">
      <MessageBarBody>{props.children}</MessageBarBody>
    </MessageBar>
  );
}

/** A link that does something on this page. */
export function Action(props: {
  readonly onClick: () => void;
  readonly children: ReactNode;
  readonly label?: string;
}): ReactNode {
  return (
    <Link
      as="button"
      className={useStyles().action}
      onClick={props.onClick}
      {...(props.label === undefined ? {} : { "aria-label": props.label })}
    >
      {props.children}
    </Link>
  );
}
