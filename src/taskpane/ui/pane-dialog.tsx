import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useEffect, useState, type ReactNode } from "react";
import { useTexts } from "./pane-context.js";

const useStyles = makeStyles({
  surface: { maxWidth: "min(480px, 96vw)", padding: tokens.spacingHorizontalL },
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
});

export interface PaneDialogProps {
  readonly title: string;
  /** The word on the button that does it. */
  readonly confirm: string;
  /** Whether it can't be done yet. */
  readonly disabled?: boolean;
  /** Whether it must be answered: what is posted is never taken back, only corrected by another entry. */
  readonly mustAnswer?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks something in front of the pane; what opened it has the focus again afterwards, so that the keyboard goes on there. */
export function PaneDialog(props: PaneDialogProps): ReactNode {
  const { title, confirm, disabled = false, mustAnswer = false, onConfirm, onClose, children } = props;
  const styles = useStyles();
  const { say } = useTexts();
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        if (opener instanceof HTMLElement) opener.focus();
      });
    },
    [opener],
  );
  return (
    <Dialog
      open
      modalType={mustAnswer ? "alert" : "modal"}
      onOpenChange={(_, data) => {
        if (!data.open) onClose();
      }}
    >
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>{children}</DialogContent>
          <DialogActions fluid>
            <Button appearance="secondary" onClick={onClose}>
              {say("cancel")}
            </Button>
            <Button appearance="primary" disabled={disabled} onClick={onConfirm}>
              {confirm}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
