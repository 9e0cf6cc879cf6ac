import { Badge, Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { CauseNote } from "../../../jobs/run-report.js";
import { Details } from "../../ui/details.js";
import { usePaneState, useTexts } from "../../ui/pane-context.js";
import { RowList, Section } from "../../ui/parts.js";
import { RowLink } from "../../ui/row-link.js";

const useStyles = makeStyles({
  head: { display: "flex", gap: tokens.spacingHorizontalS, alignItems: "baseline", justifyContent: "space-between" },
  repair: { marginBottom: tokens.spacingVerticalS },
  places: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalS },
});

const COLOURS = { error: "danger", warning: "warning", info: "informative" } as const;

/** Places that are shown at once; the others are behind a press. */
const SHOWN = 5;

/** What is wrong, by cause: a line each, with how many there are, where, and how to mend them. */
export function Causes(props: {
  readonly causes: readonly CauseNote[];
  /** Opens what can be mended at once. */
  readonly onRepair: () => void;
}): ReactNode {
  const { causes, onRepair } = props;
  const styles = useStyles();
  const { say } = useTexts();
  const idle = usePaneState((state) => state.phase === "idle");
  if (causes.length === 0) return null;
  return (
    <Section title={say("causes.title")} aside={say("causes.count", { n: causes.length })}>
      <div className={styles.repair}>
        <Button size="small" disabledFocusable={!idle} onClick={onRepair}>
          {say("repair.open")}
        </Button>
      </div>
      <RowList scrolls label={say("causes.title")} items={causes} keyOf={({ text }, i) => `${i}-${text}`}>
        {(cause) => (
          <>
            <div className={styles.head}>
              <Badge appearance="tint" color={COLOURS[cause.level]}>
                {say(`causes.${cause.level}`)}
              </Badge>
              {cause.places.length > 0 && <span>{say("causes.places", { n: cause.count })}</span>}
            </div>
            <div>{cause.text}</div>
            <Places cause={cause} />
          </>
        )}
      </RowList>
    </Section>
  );
}

function Places({ cause: { places, letter, count } }: { readonly cause: CauseNote }): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  if (places.length === 0) return null;
  const links = (some: CauseNote["places"]): ReactNode => (
    <div className={styles.places}>
      {some.map(({ row }) => (
        <RowLink key={row} row={row} cell={letter} />
      ))}
    </div>
  );
  const others = places.slice(SHOWN);
  return (
    <>
      {links(places.slice(0, SHOWN))}
      {others.length > 0 && (
        <Details summary={say("causes.more", { n: others.length })}>
          {() => (
            <>
              {links(others)}
              {count > places.length && say("causes.in-workbook")}
            </>
          )}
        </Details>
      )}
    </>
  );
}
