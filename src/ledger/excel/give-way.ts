/** Lets typing, painting and everything else that waits have its turn: work on many rows is done in portions. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/** Rows that are worked on in one go: a few milliseconds. */
export const ROWS_IN_ONE_GO = 500;
