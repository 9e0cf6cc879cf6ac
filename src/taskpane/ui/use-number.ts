import { titledNumber } from "../../process/complaint-name.js";
import { packTitle } from "./pack-title.js";
import { usePaneState } from "./pane-context.js";

/** A complaint's number as lists show it: with its pack's title where the same number stands in another pack as well. */
export function useNumber(): (id: string, packId: string | undefined) => string {
  const twice = usePaneState((state) => state.report?.numbersTwice);
  const packs = usePaneState((state) => state.packs);
  const language = usePaneState((state) => state.language);
  return (id, packId) =>
    packId !== undefined && twice?.includes(id) === true
      ? titledNumber(id, packTitle(packId, packs, language), language)
      : id;
}
