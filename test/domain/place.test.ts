import { describe, expect, test } from "vitest";
import { placeOf } from "../../src/domain/place.js";

describe("where a place of 地区 lies", () => {
  test.each([
    "香港",
    "香港特别行政区",
    "澳门",
    "台湾",
    "台湾省台北市",
    "高雄",
    "港澳台",
    "境外",
    "Hong Kong",
    "Taipei",
    "中国香港",
    "境外（台湾）",
  ])("%s is 境外, with the limit of 国外 and never that word", (region) => {
    expect(placeOf(region)).toBe("境外");
  });
  test.each([
    "国外",
    "海外",
    "日本",
    "大阪",
    "德国慕尼黑",
    "USA",
    "New York",
    "Osaka, Japan",
    "英国伦敦",
    "新加坡",
    "蒙古国",
    "出口",
    "U.S.",
  ])("%s is abroad", (region) => {
    expect(placeOf(region)).toBe("国外");
  });
  test.each([
    "国内",
    "上海",
    "江苏省苏州市",
    "临安",
    "内蒙古包头",
    "青岛市香港中路12号",
    "华东区",
    "城东片区",
    "朝阳区",
    "国内出口企业",
    "Shanghai",
    "西藏吉隆县",
    "山东济宁泗水县",
    "常州市新北区",
  ])("%s is home", (region) => {
    expect(placeOf(region)).toBe("国内");
  });
  test.each(["", "幸福里", "甲方", "上海/东京", "Springfield", "香港或深圳"])(
    "%s is on no list, or on two: it is asked about",
    (region) => {
      expect(placeOf(region)).toBeUndefined();
    },
  );
});
