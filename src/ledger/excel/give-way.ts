/**
 * Work on many rows is done in portions, so that typing, painting and everything else that waits have their turn. How
 * long a portion takes is measured, not guessed: a slow computer gets more of them.
 */

/** Milliseconds of work in one go. With what else a task holds it stays well below 50, which people begin to notice. */
const PORTION = 12;
/** Items between two looks at the clock. */
const STRIDE = 16;

let begun = -Infinity;

/** Lets everything that waits have its turn. */
export async function giveWay(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
  begun = performance.now();
}

/** Gives way if a portion's time is over. */
export async function giveWayIfDue(): Promise<void> {
  if (performance.now() - begun > PORTION) await giveWay();
}

/** Does something with every item, in portions. */
export async function eachInPortions<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => void,
): Promise<void> {
  for (let index = 0; index < items.length; index += 1) {
    if (index % STRIDE === 0) await giveWayIfDue();
    work(items[index]!, index);
  }
}

/** As `Array.map`, in portions. */
export async function mapInPortions<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  await eachInPortions(items, (item, index) => {
    results.push(work(item, index));
  });
  return results;
}
