import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launch, openPane, type OpenOptions, type OpenPane } from "./pane-browser.js";
import { buildSiteIfNeeded } from "./site.js";

/** The panes that the tests of a file open, one after the other. */
export interface PaneSession {
  /** Opens a pane; it is closed after the test. */
  open(options: OpenOptions): Promise<OpenPane>;
  /** The pane that is open. */
  current(): OpenPane;
}

/** The built site and one browser for all tests of a file. To be called outside of tests. */
export function paneSession(): PaneSession {
  let browser: Browser | undefined;
  let opened: OpenPane | undefined;
  beforeAll(async () => {
    buildSiteIfNeeded();
    browser = await launch();
  }, 240_000);
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  afterAll(async () => {
    await browser?.close();
  });
  return {
    async open(options) {
      return (opened = await openPane(browser!, options));
    },
    current: () => opened!,
  };
}
