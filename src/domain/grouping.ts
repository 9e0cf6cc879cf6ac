/** Adds an item to the list of its key. A new list for every item would take the square of a long list's time. */
export function addToList<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/**
 * Adds items to the end of a list. `list.push(...items)` hands each over as an argument of its own, and some hundred
 * thousand of them are more than a call can have.
 */
export function addAll<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}
