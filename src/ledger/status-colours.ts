import type { Status } from "../process/status.js";

/** Statuses by the colour of their font and fill, as RRGGBB: what is late is red, what is near amber, what is done green. */
export const STATUS_COLOURS: readonly {
  readonly statuses: readonly Status[];
  readonly font: string;
  readonly fill: string;
}[] = [
  { statuses: ["已逾期", "逾期结案", "回访逾期"], font: "9C0006", fill: "FFC7CE" },
  { statuses: ["即将到期", "待回访"], font: "7F6000", fill: "FFEB9C" },
  { statuses: ["数据有误"], font: "7B1FA2", fill: "F3D9FA" },
  { statuses: ["已结案"], font: "006100", fill: "C6EFCE" },
  { statuses: ["不成立", "暂缓关闭", "已转新单"], font: "595959", fill: "E7E6E6" },
];
