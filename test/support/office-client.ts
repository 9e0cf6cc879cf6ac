import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import { connectBridge, type BridgeClient } from "../../src/workbench/host/bridge.js";
import { WorkbookHost, type HostOptions } from "../../src/workbench/host/host.js";
import type { WorkbookModel } from "../../src/workbench/host/workbook-model.js";

/** The real Office.js client of Excel on the web, loaded into this realm, and connected to hosts of our own. */

interface Realm {
  window?: unknown;
  Office?: unknown;
  Excel?: typeof Excel;
  OfficeExtension?: typeof OfficeExtension & BridgeClient;
}

const realm: Realm = globalThis as unknown as Realm;
let loaded = false;

/** Loads the client once, with just enough of a browser around it. */
function loadClient(): { readonly excel: typeof Excel; readonly extension: typeof OfficeExtension & BridgeClient } {
  if (!loaded) {
    loaded = true;
    const nothing = (): undefined => undefined;
    const element = { style: {}, setAttribute: nothing, appendChild: nothing };
    const location = { href: "https://localhost/", search: "", hash: "", protocol: "https:", host: "localhost" };
    const navigator = { userAgent: "node", appVersion: "", language: "zh-CN", platform: "node" };
    // Node has a navigator of its own from 21 on, without what the client looks for.
    Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true, writable: true });
    const stubs: Record<string, unknown> = {
      window: globalThis,
      self: globalThis,
      top: globalThis,
      parent: globalThis,
      location,
      addEventListener: nothing,
      removeEventListener: nothing,
      document: {
        createElement: () => element,
        getElementsByTagName: () => [],
        getElementById: () => null,
        head: element,
        body: null,
        addEventListener: nothing,
        URL: location.href,
        location,
        cookie: "",
      },
    };
    for (const [name, value] of Object.entries(stubs)) {
      if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
    const path = createRequire(import.meta.url).resolve("@microsoft/office-js/dist/excel-web-16.00.debug.js");
    const source = readFileSync(path, "utf8");
    runInThisContext(source, { filename: path });
    refuseUnknownOptions(realm.Excel!, source);
  }
  return { excel: realm.Excel!, extension: realm.OfficeExtension! };
}

/** The client, connected to whatever host was given last. */
export function officeClient(): typeof Excel {
  return loadClient().excel;
}

/** The client takes no notice of an option that it doesn't know, where a newer one may fail for it: here it is an error. */
function refuseUnknownOptions(excel: typeof Excel, source: string): void {
  const run = excel.run as (...args: unknown[]) => Promise<unknown>;
  const checked = (...args: unknown[]): Promise<unknown> => {
    const [options] = args;
    const names = typeof options === "object" && options !== null && args.length > 1 ? Object.keys(options) : [];
    const unknown = names.find((name) => !new RegExp(`[oO]ptions\\.${name}\\b`).test(source));
    if (unknown !== undefined) return Promise.reject(new Error(`the client doesn't know the option ${unknown}`));
    return run(...args);
  };
  excel.run = checked;
}

export interface Connected {
  readonly host: WorkbookHost;
  readonly excel: typeof Excel;
}

/** A host with this workbook, and the client connected to it; the host before it is no longer reached. */
export function connect(model: WorkbookModel, options: HostOptions = {}): Connected {
  const { excel, extension } = loadClient();
  const host = new WorkbookHost(model, options);
  connectBridge(extension, host);
  const requirements = { isSetSupported: (name: string, version?: string) => host.isSetSupported(name, version) };
  realm.Office = { ...(realm.Office as object), context: { requirements } };
  return { host, excel };
}
