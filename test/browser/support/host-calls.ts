import type { Page } from "playwright-core";
import type { HostWindow } from "./host-page.js";

/** What tests do to the workbook behind the pane, and what they read from it. */

/** Values of a sheet, the header row first. */
export function sheetValues(page: Page, name: string): Promise<(string | number | boolean)[][]> {
  return page.evaluate(
    (sheet) =>
      (window as unknown as HostWindow).host.model.sheets
        .find((candidate) => candidate.name === sheet)
        ?.rows.map((row) => row?.values ?? []) ?? [],
    name,
  );
}

export function sheetNames(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as HostWindow).host.model.sheets.map(({ name }) => name));
}

export function requestCount(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as HostWindow).host.requests.length);
}

export async function select(page: Page, sheet: string, address: string): Promise<void> {
  await page.evaluate(
    ([name, cell]) => {
      const target = window as unknown as HostWindow;
      target.author.select(name!, cell!);
      target.host.book.events.flush();
    },
    [sheet, address],
  );
}

/** Types into a cell as the user at the keyboard. */
export async function type(page: Page, sheet: string, address: string, text: string): Promise<void> {
  await page.evaluate(
    ([name, cell, entry]) => {
      const target = window as unknown as HostWindow;
      target.host.book.byAddin = false;
      target.author.type(name!, cell!, entry!);
      target.host.book.byAddin = true;
      target.host.book.events.flush();
    },
    [sheet, address, text],
  );
}

/** Lets the next request fail as Excel would. */
export async function failNext(page: Page, code: string): Promise<void> {
  await page.evaluate((error) => {
    (window as unknown as HostWindow).host.failNextRequest(error);
  }, code);
}

/** Lets the next request fail at its first action. */
export async function failNextAction(page: Page, code: string): Promise<void> {
  await page.evaluate((error) => {
    (window as unknown as HostWindow).host.failNextAction(error, "请求出错。");
  }, code);
}

export function columnLetters(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : columnLetters(Math.floor(index / 26) - 1) + columnLetters(index % 26);
}
