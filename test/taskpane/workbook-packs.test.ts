import { afterEach, describe, expect, test } from "vitest";
import { formatPackPart, PACK_NAMESPACE, packDigest } from "../../src/jobs/workbook-packs.js";
import type { WorkbookModel } from "../../src/workbench/host/workbook-model.js";
import { packFiles } from "../packs-folder.js";
import { closePanes, LEDGER, openPaneHere, sampleBook } from "./pane-here.js";

/** Packs that a workbook carries: they bring their own fines, so somebody has to say that they count. */

afterEach(closePanes);

/** The program's own pack with every fine at 777, as somebody may mail it. */
function mailed(): { readonly model: WorkbookModel; readonly digest: string } {
  const files = Object.fromEntries(packFiles("furniture-north"));
  files["parameters.json"] = files["parameters.json"]!.replaceAll(/"value": 50\b/g, '"value": 777');
  const pack = { id: "furniture-north", files };
  const model = sampleBook();
  model.xmlParts.push({ id: "{1}", xml: formatPackPart(pack) });
  return { model, digest: packDigest(pack) };
}

const fined = (rows: readonly (readonly unknown[])[]): boolean => rows.some((cells) => cells.includes(777));

describe("a pack of the workbook that nobody has confirmed", () => {
  test("is asked about with what differs; until then nothing is written", async () => {
    const { model } = mailed();
    const here = await openPaneHere(model);
    const [question] = here.state().packQuestion!.packs;
    expect(question).toMatchObject({ id: "furniture-north", replaces: true, problem: undefined });
    expect(question!.parameters.some(({ before, after }) => before === "50" && after === "777")).toBe(true);
    expect(question!.files).toEqual([{ path: "parameters.json", change: "changed" }]);
    const before = here.values(LEDGER);
    await here.pane.ledger.process();
    expect(here.state().report?.refusal).toContain("确认");
    expect(here.values(LEDGER)).toEqual(before);
  });

  test("counts once it is confirmed; the answer stays on this computer, by hash, and never in the workbook", async () => {
    const { model, digest } = mailed();
    const stored = new Map<string, string>();
    const here = await openPaneHere(model, {}, stored);
    await here.pane.packs.answer(true);
    expect(here.state().packQuestion).toBeUndefined();
    await here.pane.ledger.process();
    expect(here.state()).toMatchObject({ problem: undefined, phase: "idle" });
    expect(fined(here.values("处罚明细"))).toBe(true);
    expect([...stored.values()].join()).toContain(digest);
    expect(JSON.stringify(here.host.model)).not.toContain(digest);
    const again = await openPaneHere(mailed().model, {}, stored);
    expect(again.state().packQuestion).toBeUndefined();
    const elsewhere = await openPaneHere(mailed().model);
    expect(elsewhere.state().packQuestion).toBeDefined();
  });

  test("that can't be read is named as well, writes nothing, and stays in the workbook beside one that is saved", async () => {
    const model = sampleBook();
    const broken = `<pack xmlns="${PACK_NAMESPACE}"/>`;
    model.xmlParts.push({ id: "{7}", xml: broken });
    const here = await openPaneHere(model);
    expect(here.state().packQuestion!.packs[0]!.problem).toContain("{7}");
    const before = here.values(LEDGER);
    await here.pane.ledger.process();
    expect(here.state().report?.refusal).toContain("{7}");
    expect(here.values(LEDGER)).toEqual(before);
    expect(await here.pane.packs.save("general", Object.fromEntries(packFiles("general")))).toBe(true);
    expect(here.host.model.xmlParts.map(({ xml }) => xml)).toContain(broken);
  });

  test("is left alone once it was refused: the program's own fines hold", async () => {
    const here = await openPaneHere(mailed().model);
    await here.pane.packs.answer(false);
    await here.pane.ledger.process();
    expect(here.state().written!.changedCells).toBeGreaterThan(1000);
    expect(fined(here.values("处罚明细"))).toBe(false);
  });

  test("is asked about anew when a character of it has changed", async () => {
    const stored = new Map<string, string>();
    const here = await openPaneHere(mailed().model, {}, stored);
    await here.pane.packs.answer(true);
    const { model } = mailed();
    model.xmlParts[0] = { ...model.xmlParts[0]!, xml: model.xmlParts[0]!.xml.replace("777", "778") };
    const changed = await openPaneHere(model, {}, stored);
    expect(changed.state().packQuestion?.packs).toHaveLength(1);
  });

  test("saved from the pane's own editor is confirmed by that, in a worker started anew as well", async () => {
    const here = await openPaneHere();
    const files = Object.fromEntries(packFiles("general"));
    files["parameters.json"] = `${files["parameters.json"]!} `;
    expect(await here.pane.packs.save("general", files)).toBe(true);
    expect(here.state().packQuestion).toBeUndefined();
    here.pane.worker.stop();
    await here.pane.packs.loadList();
    expect(here.state().packQuestion).toBeUndefined();
  });
});
