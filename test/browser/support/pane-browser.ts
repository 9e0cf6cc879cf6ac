import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import chromium from "@sparticuz/chromium";
import { build } from "esbuild";
import { chromium as playwright, type Browser, type Frame, type Page } from "playwright-core";
import type { HostOptions } from "../../../src/workbench/host/host.js";
import type { WorkbookModel } from "../../../src/workbench/host/workbook-model.js";
import type { HostWindow, StartOptions } from "./host-page.js";

/** The built pane in a headless Chromium, on the embedded host; no server, no certificate, no network. */

export const SITE = join(import.meta.dirname, "..", "..", "..", "dist", "site");
const OFFICE_JS = join(dirname(createRequire(import.meta.url).resolve("@microsoft/office-js/package.json")), "dist");
const ORIGIN = "https://localhost:3000";
const OFFICE_CDN = "https://appsforoffice.microsoft.com/lib/1/hosted/";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".css": "text/css",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

export async function launch(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH;
  return playwright.launch({
    executablePath: own ?? (await chromium.executablePath()),
    args: own === undefined ? chromium.args.filter((arg) => arg !== "--single-process") : ["--no-sandbox"],
    headless: true,
  });
}

let hostScript: Promise<string> | undefined;

async function bundledHost(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "host-page.ts")],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]!.text;
}

export interface OpenOptions {
  readonly model: WorkbookModel;
  readonly language?: "zh-CN" | "en-US";
  readonly now?: string;
  readonly width?: number;
  readonly height?: number;
  readonly host?: HostOptions;
  readonly colourScheme?: "light" | "dark";
  /** The page in the frame, and what shows that it has come up; default the pane. */
  readonly content?: { readonly page: string; readonly ready: string };
}

export interface OpenPane {
  readonly page: Page;
  readonly pane: Frame;
  /** What was written to the console as an error, and errors nobody caught. */
  readonly errors: string[];
  close(): Promise<void>;
}

/** Opens the pane and waits until it has looked at the workbook. */
export async function openPane(browser: Browser, options: OpenOptions): Promise<OpenPane> {
  const { model, language = "zh-CN", now = "2026-03-31T18:00", width = 350, height = 900 } = options;
  const { content = { page: "taskpane.html", ready: '[role="tablist"]' } } = options;
  const context = await browser.newContext({
    viewport: { width: Math.max(width, 320) + 16, height: height + 16 },
    locale: language,
    colorScheme: options.colourScheme ?? "light",
    deviceScaleFactor: 1,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  hostScript ??= bundledHost();
  const script = await hostScript;
  await context.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    const file = url.href.startsWith(OFFICE_CDN)
      ? join(OFFICE_JS, url.pathname.slice("/lib/1/hosted/".length))
      : join(SITE, url.pathname);
    if (url.pathname === "/host.html") {
      await route.fulfill({ contentType: "text/html", body: "<!doctype html><meta charset=utf-8><body></body>" });
    } else if (url.pathname === "/host.js") {
      await route.fulfill({ contentType: "text/javascript", body: script });
    } else if (url.pathname === "/favicon.ico") {
      await route.fulfill({ status: 204 });
    } else if (existsSync(file)) {
      await route.fulfill({ contentType: TYPES[extname(file)] ?? "text/plain", body: readFileSync(file) });
    } else await route.fulfill({ status: 404, body: "" });
  });
  await page.goto(`${ORIGIN}/host.html`);
  await page.addScriptTag({ url: "/host.js" });
  const start: StartOptions = {
    model,
    language,
    url: `${ORIGIN}/${content.page}?now=${now}`,
    width,
    height,
    ...(options.host ? { host: options.host } : {}),
  };
  await page.evaluate((text) => {
    (window as unknown as HostWindow).startHost(JSON.parse(text) as StartOptions);
  }, JSON.stringify(start));
  const handle = await page.waitForSelector("iframe");
  const pane = (await handle.contentFrame())!;
  await pane.waitForSelector(content.ready, { timeout: 30_000 });
  return {
    page,
    pane,
    errors,
    close: () => context.close(),
  };
}
