import { createContext, useContext, useSyncExternalStore, type ReactNode } from "react";
import type { ColumnId } from "../../domain/columns.js";
import type { Language } from "../../locales/language.js";
import type { Pane } from "../state/pane.js";
import type { PaneState } from "../state/pane-state.js";
import { columnTitle, sayIn, type Say } from "../texts.js";

const PaneContext = createContext<Pane | undefined>(undefined);

export function PaneProvider({ pane, children }: { readonly pane: Pane; readonly children: ReactNode }): ReactNode {
  return <PaneContext.Provider value={pane}>{children}</PaneContext.Provider>;
}

export function usePane(): Pane {
  const pane = useContext(PaneContext);
  if (!pane) throw new Error("no pane");
  return pane;
}

/** A part of the pane's state; the component is drawn again when it changes. */
export function usePaneState<Part>(select: (state: PaneState) => Part): Part {
  const { store } = usePane();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

export interface Texts {
  readonly say: Say;
  readonly language: Language;
  readonly title: (id: ColumnId) => string;
}

export function useTexts(): Texts {
  const language = usePaneState((state) => state.language);
  return { say: sayIn(language), language, title: (id) => columnTitle(id, language) };
}
