import { makeStyles, tokens } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";

const useStyles = makeStyles({
  root: { marginTop: tokens.spacingVerticalXXS },
  summary: {
    cursor: "pointer",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    width: "fit-content",
    borderRadius: tokens.borderRadiusSmall,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    ":hover": { color: tokens.colorNeutralForeground1 },
  },
  body: {
    margin: `${tokens.spacingVerticalXS} 0 ${tokens.spacingVerticalS}`,
    paddingLeft: tokens.spacingHorizontalS,
    borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "1.5",
    overflowWrap: "anywhere",
  },
});

/**
 * Something more for those who ask: closed at first. Content given as a function is drawn once somebody has asked, as
 * thousands of rows that nobody looks at still hold the page up when they are drawn, and when they go.
 */
export function Details(props: {
  readonly summary: string;
  readonly children: ReactNode | (() => ReactNode);
}): ReactNode {
  const styles = useStyles();
  const [asked, setAsked] = useState(false);
  const { children } = props;
  return (
    <details
      className={styles.root}
      onToggle={(event) => {
        if (event.currentTarget.open) setAsked(true);
      }}
    >
      {/* office.js handles Tab in Excel on the web, and knows what can be focused by its tabindex. */}
      <summary className={styles.summary} tabIndex={0}>
        {props.summary}
      </summary>
      <div className={styles.body}>{typeof children !== "function" ? children : asked && children()}</div>
    </details>
  );
}
