import type { LedgerCells } from "../../src/documents/new-ledger-sheets.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import type { Pack } from "../../src/rules/pack.js";
import { cellsOf, type StoryCells } from "./story-cells.js";

/** Ledgers with many penalties in March 2026, to see that notices keep to their page and thousands of them to their time. */

const LONG =
  "客户来信反映总部发来的促销文件与销售经理口头答应的返利不一致，活动结束后才知道门槛已经调整，要求按原来的口径补差并书面说明";

/** An unapproved document: 50 yuan for each person and time. */
function unapproved(id: number, person: string, description = "未经审批向经销商发文"): StoryCells {
  const day = String(1 + (id % 28)).padStart(2, "0");
  return {
    id: `260399${String(id).padStart(4, "0")}`,
    pack: "furniture-north",
    receivedAt: `2026-03-${day}T09:00`,
    closeAt: `2026-03-${day}T09:20`,
    customer: "某某家居股份有限公司华东区总经销（示例名称很长）",
    description,
    misconduct: "未经审批发文",
    upheld: "是",
    person,
  };
}

/** Late cases of a dealer: the department is fined for each. */
function late(id: number): StoryCells {
  return {
    id: `20260302-${String(id).padStart(3, "0")}`,
    pack: "auto-sales",
    receivedAt: "2026-03-02T09:00",
    closeAt: "2026-03-27T10:00",
    customer: "严先生",
    description: "新车变速箱顿挫，服务站来回看了三次没有解决",
    levelOverride: "一般",
    departmentOverride: "服务站",
    upheld: "是",
  };
}

/** Penalties by whom they are for: what a notice has room for, and what it hasn't. */
export const CROWD = { 附件: 40, 一项: 1, 两项: 2, 三项: 3, 四项: 4, 六项: 6, 服务站: 9 } as const;

export function crowdedLedger(packs: ReadonlyMap<string, Pack>): Promise<Uint8Array> {
  const { 附件, 服务站, ...others } = CROWD;
  let id = 100;
  const rows = [
    ...Array.from({ length: 附件 }, (_, i) => unapproved(i, "附件")),
    ...Object.entries(others).flatMap(([name, n]) => Array.from({ length: n }, () => unapproved(id++, name, LONG))),
    ...Array.from({ length: 服务站 }, (_, i) => late(i + 1)),
  ];
  return ledger(packs, ["furniture-north", "auto-sales"], rows.map(cellsOf), ["附件", ...Object.keys(others)]);
}

/** As many persons, each with two penalties and a notice to come. */
export function peopledLedger(packs: ReadonlyMap<string, Pack>, persons: number): Promise<Uint8Array> {
  const names = Array.from({ length: persons }, (_, i) => `员工${String(i + 1).padStart(4, "0")}`);
  const rows = names.flatMap((name, i) => [unapproved(2 * i, name), unapproved(2 * i + 1, name, LONG)]);
  return ledger(packs, ["furniture-north"], rows.map(cellsOf), names);
}

function ledger(
  packs: ReadonlyMap<string, Pack>,
  ids: readonly string[],
  rows: readonly LedgerCells[],
  names: readonly string[],
): Promise<Uint8Array> {
  return newLedger({
    packs: ids.map((id) => packs.get(id)!),
    language: "zh",
    rows,
    people: names.map((name) => [name, "销售部", null, "销售经理", null, 1, 1500, 7000]),
    settings: [
      ["默认制度", ids[0]!],
      ["单位名称", "某某公司"],
      ["当地最低工资", 2490],
    ],
  });
}
