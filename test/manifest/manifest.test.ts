import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { OfficeAddinManifest } from "office-addin-manifest";
import { describe, expect, it } from "vitest";
import { DRAWINGS } from "../../scripts/icons/drawings.js";
import { decodePng, encodePng, pngSize } from "../../scripts/icons/png.js";
import { draw } from "../../scripts/icons/raster.js";
import { checkManifest, ribbonFunctions, type ManifestOptions } from "../../scripts/manifest/check-manifest.js";
import { checkShortcuts, shortcutActions } from "../../scripts/manifest/check-shortcuts.js";
import { ACTION_IDS } from "../../src/taskpane/action-ids.js";
import { MINIMUM } from "../../src/ledger/excel/requirements.js";

const ROOT = new URL("../../", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, ROOT), "utf8");

const MANIFEST = read("manifest.xml");
const SHORTCUTS = read("assets/shortcuts.json");
const TEXTS = read("assets/shortcuts.en-US.json");

const siteFile = (path: string): Uint8Array | undefined => {
  try {
    return path.startsWith("/assets/") ? readFileSync(new URL(path.slice(1), ROOT)) : undefined;
  } catch {
    return undefined;
  }
};

function problemsOf(text: string, options: Partial<ManifestOptions> = {}): string[] {
  const all = { file: "manifest.xml", siteFile, pages: ["/taskpane.html"], excelApi: MINIMUM, ...options };
  return checkManifest(text, all).map(({ file, line, text: what }) => `${file}:${line}: ${what}`);
}

/** The manifest with one thing changed, which must be there exactly as named. */
function withFault(from: string | RegExp, to: string): string {
  const changed = MANIFEST.replace(from, to);
  expect(changed).not.toBe(MANIFEST);
  return changed;
}

describe("the manifest of this repository", () => {
  it("has nothing wrong", () => {
    expect(problemsOf(MANIFEST)).toEqual([]);
  });

  it("is read by office-addin-manifest", async () => {
    const info = await OfficeAddinManifest.readManifestFile(fileURLToPath(new URL("manifest.xml", ROOT)));
    expect(info).toMatchObject({
      displayName: "条理 Tiaoli",
      defaultLocale: "zh-CN",
      hosts: ["Workbook"],
      officeAppType: "TaskPaneApp",
      permissions: "ReadWriteDocument",
    });
  });

  it("also fits a site in a folder of another host", () => {
    const deployed = MANIFEST.replaceAll("https://localhost:3000/", "https://tools.example.com/tiaoli/");
    const inFolder = (path: string) => siteFile(path.replace(/^\/tiaoli/, ""));
    expect(problemsOf(deployed, { siteFile: inFolder })).toEqual([]);
  });

  it("runs the same functions from ribbon and keyboard", () => {
    expect(shortcutActions(SHORTCUTS)).toEqual(ACTION_IDS);
    expect(ribbonFunctions(MANIFEST)).toEqual(ACTION_IDS.filter((id) => id !== "showPane"));
  });
});

describe("faults in a manifest are named with their line", () => {
  const faults: readonly (readonly [string, string | RegExp, string, string])[] = [
    ["broken XML", "</Hosts>", "</Host>", "manifest.xml:19: not well-formed XML"],
    ["another type", 'xsi:type="TaskPaneApp"', 'xsi:type="MailApp"', "xsi:type of OfficeApp must be TaskPaneApp"],
    ["an id that is no GUID", /<Id>.*<\/Id>/, "<Id>tiaoli</Id>", 'manifest.xml:4: Id "tiaoli" is no GUID'],
    ["a version that is none", "0.1.0.0", "one", 'Version "one" is not like 1.0.0.0'],
    [
      "wrong order",
      /( *<Version>.*\n)( *<ProviderName>.*\n)/,
      "$2$1",
      "Version must stand before ProviderName in OfficeApp",
    ],
    ["an element out of place", "<Hosts>", "<Rule/><Hosts>", "manifest.xml:17: Rule may not stand in OfficeApp"],
    [
      "an element twice",
      "<Permissions>",
      "<Permissions>x</Permissions><Permissions>",
      "Permissions stands twice in OfficeApp",
    ],
    ["a missing element", /<SupportUrl.*\n/, "", "OfficeApp lacks SupportUrl"],
    ["a missing attribute", ' lifetime="long"', "", "Runtime lacks the attribute lifetime"],
    [
      "another namespace",
      "office/taskpaneappversionoverrides",
      "office/mailappversionoverrides",
      "the namespace of VersionOverrides must be",
    ],
    [
      "an undefined resid",
      '<Label resid="Group.Label"/>',
      '<Label resid="Grp.Label"/>',
      "resid Grp.Label is not defined in Resources",
    ],
    [
      "an unused resource",
      '<Label resid="Group.Label"/>',
      '<Label resid="Pane.Label"/>',
      "resource Group.Label is used nowhere",
    ],
    [
      "a resid of the wrong list",
      '<Label resid="Group.Label"/>',
      '<Label resid="Pane.Tip"/>',
      "resid Pane.Tip of Label must be one of ShortStrings",
    ],
    ["a resource twice", '<bt:Url id="Start.Url"', '<bt:Url id="Pane.Url"', "resource Pane.Url is defined twice"],
    [
      "an address without TLS",
      "https://localhost:3000/taskpane.html",
      "http://localhost:3000/taskpane.html",
      "is no https address",
    ],
    [
      "another host",
      "https://localhost:3000/assets/support.html",
      "https://example.com/assets/support.html",
      "https://example.com is another host than",
    ],
    [
      "a file the site lacks",
      "icons/report-16.png",
      "icons/reports-16.png",
      "the site has no file /assets/icons/reports-16.png",
    ],
    [
      "an icon of another size",
      "icons/report-16.png",
      "icons/report-20.png",
      "/assets/icons/report-20.png is 20 × 20 pixels, not 16 × 16",
    ],
    [
      "a listed icon of another size",
      "icons/icon-64.png",
      "icons/icon-48.png",
      "/assets/icons/icon-48.png is 48 × 48 pixels, not 64 × 64",
    ],
    ["an icon that is no picture", "icons/icon-32.png", "support.css", "/assets/support.css is no PNG file"],
    [
      "a needed icon size left out",
      /<bt:Image size="80" resid="Icon.Pane.80"\/>/,
      "",
      "the icon of Tiaoli.Pane has no size 80",
    ],
    [
      "an icon size there is not",
      'size="20" resid="Icon.Pane.20"',
      'size="21" resid="Icon.Pane.20"',
      "icon size 21 is none of",
    ],
    ["another default language", "<DefaultLocale>zh-CN", "<DefaultLocale>en-US", "DefaultLocale is en-US, not zh-CN"],
    [
      "a text without English",
      /<bt:Override Locale="en-US" Value="Process"\/>/,
      "",
      "Process.Label has no text for en-US",
    ],
    [
      "a third language",
      /Locale="en-US" Value="Process"/,
      'Locale="fr-FR" Value="Process"',
      "locale fr-FR is none of en-US",
    ],
    [
      "a text that is too long",
      'Value="Process"',
      `Value="${"P".repeat(126)}"`,
      "Process.Label has 126 characters, 125 at most",
    ],
    ["an empty text", 'DefaultValue="一键处理"', 'DefaultValue=""', "Process.Label has an empty text"],
    [
      "an API version the code doesn't need",
      'MinVersion="1.13"',
      'MinVersion="1.17"',
      "ExcelApi is asked for in version 1.17; the code needs 1.13",
    ],
    [
      "a requirement set too many",
      '<Set Name="SharedRuntime"',
      '<Set Name="DialogApi" MinVersion="1.1"/><Set Name="SharedRuntime"',
      "requirement set DialogApi is not needed",
    ],
    [
      "a requirement set too few",
      /<Set Name="SharedRuntime".*\n/,
      "",
      "requirement set SharedRuntime 1.1 is not asked for",
    ],
    [
      "functions outside the shared runtime",
      '<FunctionFile resid="Pane.Url"/>',
      '<FunctionFile resid="Start.Url"/>',
      "FunctionFile must name the page of the shared runtime",
    ],
    ["a short-lived runtime", 'lifetime="long"', 'lifetime="short"', "lifetime must be long"],
    ["a button without function", "<FunctionName>monthlyReport</FunctionName>", "", "the action lacks FunctionName"],
    ["a button's id twice", 'id="Tiaoli.Pane"', 'id="Tiaoli.Report"', "id Tiaoli.Report stands twice"],
  ];

  it.each(faults)("%s", (_, from, to, expected) => {
    const problems = problemsOf(withFault(from, to));
    expect(problems.join("\n")).toContain(expected);
    for (const problem of problems) expect(problem).toMatch(/^manifest\.xml:\d+: [^\n]+$/);
  });
});

describe("keyboard shortcuts", () => {
  const problemsIn = (text: string, texts = TEXTS): string[] =>
    checkShortcuts({ file: "keys", text, resourcesFile: "texts", resourcesText: texts }).map(
      ({ file, line, text: what }) => `${file}:${line}: ${what}`,
    );

  it("have nothing wrong", () => {
    expect(problemsIn(SHORTCUTS)).toEqual([]);
  });

  it.each([
    [
      "an action that is not defined",
      '"action": "showPane"',
      '"action": "hidePane"',
      "keys:13: shortcut of an action hidePane",
    ],
    ["keys given twice", "Ctrl+Alt+Shift+M", "Ctrl+Alt+Shift+L", "keys:11: Ctrl+Alt+Shift+L is given twice"],
    ["no modifier but Shift", "Ctrl+Alt+Shift+M", "Shift+M", '"Shift+M" is no combination'],
    ["keys of the browser", "Ctrl+Alt+Shift+M", "Ctrl+W", "Ctrl+W belongs to the browser"],
    ["a name in one language", "${resource.showPane_name}", "Open", "the name of action showPane is no ${resource.…}"],
    ["a name that is not defined", "${resource.showPane_name}", "${resource.Other}", "resource Other is not defined"],
    ["an action without keys", '"id": "showPane"', '"id": "Other"', "action Other has no shortcut"],
    ["no JSON", '"shortcuts": [', '"shortcuts": ', "no JSON"],
  ])("%s", (_, from, to, expected) => {
    expect(SHORTCUTS).toContain(from);
    expect(problemsIn(SHORTCUTS.replace(from, () => to)).join("\n")).toContain(expected);
  });

  it("must have every text in English too, and no other", () => {
    expect(problemsIn(SHORTCUTS, TEXTS.replace("showPane_name", "shownPane_name"))).toEqual([
      "keys:20: texts has no showPane_name",
      "texts:5: shownPane_name is no resource of keys",
    ]);
  });
});

describe("icons", () => {
  const files = Object.entries(DRAWINGS).flatMap(([name, { layers, sizes }]) =>
    sizes.map((size) => ({ file: `${name}-${size}.png`, layers, size })),
  );

  it.each(files)("$file is drawn by the script", ({ file, layers, size }) => {
    const committed = readFileSync(new URL(`assets/icons/${file}`, ROOT));
    expect(pngSize(committed)).toEqual({ width: size, height: size });
    expect(Buffer.compare(decodePng(committed).rgba, draw(layers, size).rgba)).toBe(0);
  });

  it("keep their pixels through a file", () => {
    const picture = { width: 2, height: 1, rgba: Uint8Array.of(1, 2, 3, 4, 250, 251, 252, 253) };
    expect(decodePng(encodePng(picture))).toEqual(picture);
  });

  it("are known to be none", () => {
    expect(() => pngSize(new TextEncoder().encode("not a picture, but long enough"))).toThrow("not a PNG file");
  });
});
