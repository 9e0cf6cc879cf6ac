import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** What a clerk does in Excel meanwhile: another value in a cell that holds one. `markup`: the cell's rest, `><v>40</v>`. */
export function withCell(workbook: Uint8Array, sheet: string, reference: string, markup: string): Uint8Array {
  const parts = unzipSync(workbook);
  const part = partOf(parts, sheet);
  const xml = strFromU8(parts[part]!);
  const cell = new RegExp(`<c r="${reference}"[^>]*?(?:/>|>.*?</c>)`);
  if (!cell.test(xml)) throw new Error(`${sheet} has no ${reference}`);
  return zipSync({ ...parts, [part]: strToU8(xml.replace(cell, `<c r="${reference}"${markup}</c>`)) });
}

function partOf(parts: Readonly<Record<string, Uint8Array>>, sheet: string): string {
  const workbook = strFromU8(parts["xl/workbook.xml"]!);
  const relation = new RegExp(`<sheet [^>]*name="${sheet}"[^>]*r:id="([^"]+)"`).exec(workbook)![1]!;
  const relations = strFromU8(parts["xl/_rels/workbook.xml.rels"]!);
  const tag = relations.match(/<Relationship [^>]*>/g)!.find((one) => one.includes(`Id="${relation}"`))!;
  return `xl/${/Target="(?:\/xl\/)?([^"]+)"/.exec(tag)![1]!}`;
}
