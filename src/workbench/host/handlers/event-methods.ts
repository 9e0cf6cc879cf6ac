import type { Book } from "../book.js";
import type { Outcome } from "../host-object.js";

/**
 * The hidden methods with which the client registers for events, `_RegisterDataChangedEvent` and its like, by the part
 * of their name that differs and the message type they stand for.
 */
export function eventMethods<Target extends object>(
  types: Readonly<Record<string, number>>,
  bookOf: (target: Target) => Book,
  idOf: (target: Target) => string,
): Record<string, (target: Target) => Outcome> {
  return Object.fromEntries(
    Object.entries(types).flatMap(([name, type]) => [
      [
        `_Register${name}Event`,
        (target: Target) => {
          bookOf(target).events.register(type, idOf(target));
          return undefined;
        },
      ],
      [
        `_Unregister${name}Event`,
        (target: Target) => {
          bookOf(target).events.unregister(type, idOf(target));
          return undefined;
        },
      ],
    ]),
  );
}
