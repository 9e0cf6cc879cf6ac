import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import type { Browser, Frame, Page } from "playwright-core";

/** The built workbench in a headless Chromium at a plain http address; every file comes from the disk. */

const SITE = join(import.meta.dirname, "..", "..", "..", "dist", "site");
const OFFICE_JS = join(dirname(createRequire(import.meta.url).resolve("@microsoft/office-js/package.json")), "dist");
const OFFICE_CDN = "https://appsforoffice.microsoft.com/lib/1/hosted/";
/** As `npm start` serves it: no certificate, no internet. */
const ORIGIN = "http://localhost:3000";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".css": "text/css",
  ".png": "image/png",
};

export interface OpenWorkbench {
  readonly page: Page;
  /** The frame in which the pane runs now; another workbook or language starts it anew. */
  readonly pane: () => Promise<Frame>;
  /** What was written to the console as an error, and errors nobody caught. */
  readonly errors: string[];
  /** Addresses outside the site and Office.js. */
  readonly strangers: string[];
  readonly close: () => Promise<void>;
}

export interface WorkbenchOptions {
  readonly language?: "zh" | "en";
  readonly width?: number;
  readonly height?: number;
  readonly colourScheme?: "light" | "dark";
  /** Opens the probe in place of the pane; nobody waits for it. */
  readonly probe?: boolean;
}

/** Opens the workbench and waits until the pane has looked at the sample ledger. */
export async function openWorkbench(browser: Browser, options: WorkbenchOptions = {}): Promise<OpenWorkbench> {
  const { language = "zh", width = 1440, height = 900, colourScheme = "light", probe = false } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language === "zh" ? "zh-CN" : "en-US",
    colorScheme: colourScheme,
    acceptDownloads: true,
    // Every file comes from the route below, which a service worker would go past.
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  const errors: string[] = [];
  const strangers: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  await context.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    const office = url.href.startsWith(OFFICE_CDN);
    if (!office && url.origin !== ORIGIN) strangers.push(url.href);
    const file = office ? join(OFFICE_JS, url.pathname.slice("/lib/1/hosted/".length)) : join(SITE, url.pathname);
    if (url.pathname === "/favicon.ico") await route.fulfill({ status: 204 });
    else if (existsSync(file)) {
      const contentType = TYPES[extname(file)] ?? "application/octet-stream";
      await route.fulfill({ contentType, body: readFileSync(file) });
    } else await route.fulfill({ status: 404, body: "" });
  });
  await page.goto(`${ORIGIN}/workbench.html?now=2026-03-31T18:00${probe ? "&probe" : ""}`);
  const pane = async (): Promise<Frame> => {
    const handle = await page.waitForSelector(".bench-pane iframe");
    const frame = (await handle.contentFrame())!;
    await frame.waitForSelector(probe ? "#probe button" : "[role=tablist]");
    return frame;
  };
  if (!probe) await (await pane()).getByText("Complaints").first().waitFor();
  return { page, pane, errors, strangers, close: () => context.close() };
}
