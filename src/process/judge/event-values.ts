import type { ResolvedEvent } from "../../rules/events/kinds.js";

/** What an event of one type holds. */
export type EventOf<Type extends ResolvedEvent["type"]> = Extract<ResolvedEvent, { type: Type }>["params"];

/** What an event says of one output; undefined if it is about something else. Made once: it is asked for on every row. */
export type ValueOf<T> = (event: ResolvedEvent) => T | undefined;

/** One thing for each of some names. Keys put together row by row would have to be looked up letter by letter. */
export function byName<Name extends string, T>(
  names: readonly Name[],
  make: (name: Name) => T,
): Readonly<Record<Name, T>> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, T>;
}
