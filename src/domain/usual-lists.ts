import type { ValueList } from "./listed-values.js";
import { listedKey } from "./listed-values.js";

/** Lists that no pack need state, since every company writes them alike. */

/** What stands in a column of 改判 where nothing was changed. */
export const NO_OVERRIDE: ReadonlySet<string> = new Set(
  [
    "否",
    "不改",
    "不改判",
    "未改判",
    "不变",
    "维持",
    "维持原判",
    "原判",
    "√",
    "✓",
    "✔",
    "×",
    "✗",
    "x",
    "0",
    "no",
    "n",
    "false",
    // A mark that points elsewhere names no department, category or level.
    "同上",
    "见附件",
    "?",
    "??",
    "？",
  ].map(listedKey),
);

/** 境内 and 境外 places; 香港, 澳门, 台湾 have the limit of 国外 and are never called that. */
export const REGIONS: ValueList = {
  values: [
    {
      label: "国内",
      synonyms: [
        "境内",
        "大陆",
        "中国大陆",
        "内地",
        "内销",
        "本地",
        "本市",
        "省内",
        "省外",
        "domestic",
        "mainland",
        "home",
      ],
    },
    {
      label: "国外",
      synonyms: ["海外", "外销", "出口", "overseas", "abroad", "foreign", "export"],
    },
    {
      label: "境外",
      synonyms: [
        "香港",
        "澳门",
        "台湾",
        "港澳",
        "港澳台",
        "中国香港",
        "中国澳门",
        "中国台湾",
        "Hong Kong",
        "Macau",
        "Macao",
        "Taiwan",
      ],
    },
  ],
};
