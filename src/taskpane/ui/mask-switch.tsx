import { Checkbox } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { usePane, usePaneState, useTexts } from "./pane-context.js";

/** 隐去姓名和电话: for papers that leave the house. One choice for all of them, until the pane is closed. */
export function MaskSwitch(): ReactNode {
  const pane = usePane();
  const { say } = useTexts();
  const mask = usePaneState((state) => state.mask);
  return (
    <Checkbox
      checked={mask}
      label={say("mask.switch")}
      onChange={(_, { checked }) => {
        pane.store.set({ mask: checked === true });
      }}
    />
  );
}
