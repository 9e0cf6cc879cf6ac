import type { OutputId } from "../domain/columns.js";
import type { Status } from "../process/status.js";

/** The output whose column is coloured. */
export const COLOURED: OutputId = "status";

/** Statuses by the colour of their font and fill, as RRGGBB: what is late is red, what is near amber, what is done green. */
export const STATUS_COLOURS: readonly {
  readonly values: readonly Status[];
  readonly font: string;
  readonly fill: string;
}[] = [
  { values: ["已逾期", "逾期结案", "回访逾期"], font: "9C0006", fill: "FFC7CE" },
  { values: ["即将到期", "待回访", "待确认"], font: "7F6000", fill: "FFEB9C" },
  { values: ["数据有误"], font: "7B1FA2", fill: "F3D9FA" },
  { values: ["已结案"], font: "006100", fill: "C6EFCE" },
  { values: ["不成立", "暂缓关闭", "已转新单"], font: "595959", fill: "E7E6E6" },
];
