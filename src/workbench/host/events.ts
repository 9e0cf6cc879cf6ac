import type { JsonObject } from "./wire.js";

/** Message types of Office.js's events, as the client registers them. */
export const EventType = {
  sheetChanged: 10,
  sheetActivated: 11,
  sheetDeactivated: 12,
  sheetAdded: 13,
  sheetSelectionChanged: 14,
  sheetDeleted: 15,
  sheetCalculated: 16,
  sheetFormatChanged: 18,
  rowSorted: 19,
  columnSorted: 20,
  singleClicked: 21,
  rowHiddenChanged: 22,
  formulaChanged: 23,
  tableSelectionChanged: 100,
  tableChanged: 101,
  tableAdded: 102,
  tableDeleted: 103,
} as const;

/** The target id of events that a collection of the whole workbook hears. */
export const WORKBOOK_TARGET = "Workbook";

const RICH_API_CATEGORY = 65_536;

/** An event message on its way to a client. */
export interface EventEntry {
  readonly messageCategory: number;
  readonly messageType: number;
  readonly targetId: string;
  /** JSON */
  readonly message: string;
}

/** Who listens to what, and where events go. An event nobody registered for is not sent. */
export class EventHub {
  private readonly listeners = new Map<string, number>();
  private readonly sinks = new Set<(entries: readonly EventEntry[]) => void>();
  private readonly selectionSinks = new Set<() => void>();
  private pending: EventEntry[] = [];
  private selectionMoved = false;
  /** `context.runtime.enableEvents` */
  enabled = true;

  /** Where events are delivered; returns the way to stop it. */
  deliverTo(sink: (entries: readonly EventEntry[]) => void, selection?: () => void): () => void {
    this.sinks.add(sink);
    if (selection) this.selectionSinks.add(selection);
    return () => {
      this.sinks.delete(sink);
      if (selection) this.selectionSinks.delete(selection);
    };
  }

  register(type: number, target: string): void {
    const key = `${type}:${target}`;
    this.listeners.set(key, (this.listeners.get(key) ?? 0) + 1);
  }

  unregister(type: number, target: string): void {
    const key = `${type}:${target}`;
    const left = (this.listeners.get(key) ?? 0) - 1;
    if (left > 0) this.listeners.set(key, left);
    else this.listeners.delete(key);
  }

  /** Queues an event for every target that somebody listens on. */
  raise(type: number, targets: readonly string[], message: JsonObject): void {
    if (!this.enabled) return;
    for (const targetId of targets) {
      if (!this.listeners.has(`${type}:${targetId}`)) continue;
      this.pending.push({
        messageCategory: RICH_API_CATEGORY,
        messageType: type,
        targetId,
        message: JSON.stringify(message),
      });
    }
  }

  /** Queues the document's own selection event, which needs no registration with the object model. */
  raiseSelection(): void {
    if (this.enabled) this.selectionMoved = true;
  }

  /** Sends what is queued. Called after a request has been answered, as Excel does. */
  flush(): void {
    const entries = this.pending;
    this.pending = [];
    if (entries.length > 0) for (const sink of this.sinks) sink(entries);
    if (!this.selectionMoved) return;
    this.selectionMoved = false;
    for (const sink of this.selectionSinks) sink();
  }
}
