import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { Message } from "./parts.js";
import { usePaneState } from "./pane-context.js";

const useStyles = makeStyles({ root: { marginBottom: tokens.spacingVerticalM } });

/** What went wrong last, at the top of every tab; screen readers hear it at once. */
export function ProblemBar(): ReactNode {
  const styles = useStyles();
  const problem = usePaneState((state) => state.problem);
  return (
    <div role="alert" className={problem ? styles.root : undefined}>
      {problem && <Message intent="error">{problem.text}</Message>}
    </div>
  );
}
