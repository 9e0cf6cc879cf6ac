import { describe, expect, it } from "vitest";
import { judge } from "../../scripts/accuracy/measure.js";
import type { JudgedOutput } from "../../scripts/accuracy/sentences.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";

// Loaded once: loading all packs takes longer than judging every trap.
const PACKS = loadAllPacks();

/** What the product makes of a text that is all a row has. */
function given(pack: string, output: JudgedOutput, text: string): string | undefined {
  const sentence = { pack, output, text, label: "", writer: "test", split: "test" } as const;
  return judge([sentence], PACKS, STATUTES)[0]!.given;
}

describe("real complaints set these traps", () => {
  it.each([
    ["超级不好吃", "产品质量", "制作不当"],
    ["鸡柳好多面,不好吃", "产品质量", "制作不当"],
    ["太慢太慢太慢", "服务效率", "上菜慢"],
    ["等得太久太久了", "服务效率", "等候久"],
  ])("few words are enough in a restaurant: %s", (text, category, subcategory) => {
    expect(given("restaurant", "category", text)).toBe(category);
    expect(given("restaurant", "subcategory", text)).toBe(subcategory);
  });

  it.each([
    ["外卖送来全凉了，汤都凝成油了", "产品质量"],
    ["打包的饺子一咬是生的", "产品质量"],
    ["送餐小哥骂人，说我住得高活该", "服务态度"],
    ["外卖等了两个小时", "服务效率"],
    ["打包回家发现菜里有根头发", "产品质量"],
    ["外卖的鱼是臭的", "产品质量"],
    ["送餐超时五十分钟", "服务效率"],
    ["点的外卖咸得没法吃", "产品质量"],
    ["送餐员态度恶劣，把饭一扔就走", "服务态度"],
    ["外卖米饭夹生", "产品质量"],
  ])("a takeaway is no fault of the fittings: %s", (text, category) => {
    expect(given("restaurant", "category", text)).toBe(category);
  });

  it.each([
    ["车主的变速箱坏了，维修后未解决", "销售产品"],
    ["新车变速箱坏了，修了也没解决，质量太差", "销售产品"],
  ])("a car that is broken stays a matter of the car: %s", (text, category) => {
    expect(given("auto-sales", "category", text)).toBe(category);
  });

  it.each(["刚买第二天就降价了五十", "昨天付的钱，今天一看便宜了三十块"])(
    "a price that fell is no fault of goods or delivery: %s",
    (text) => {
      expect(["产品质量", "配送延迟", "产品损坏"]).not.toContain(given("general", "category", text));
    },
  );

  it.each([
    "手机反应太慢，点一下等半天",
    "平板反应太慢了",
    "The charger only charges AA batteries half way, then dies.",
  ])("a slow or charging device is a matter of the goods: %s", (text) => {
    expect(given("general", "category", text)).toBe("产品质量");
  });

  it.each([
    ["楼上天天半夜打麻将，多次反映没人管", "相邻关系"],
    ["电梯坏了一个月，反映多次没人管", "设备设施"],
    ["物业费乱涨价，投诉多次也没人管", "管理费用"],
    ["墙面渗水发霉，找过五次没人理", "房屋质量"],
  ])("that nobody acts decides nothing where a matter is told: %s", (text, category) => {
    expect(given("property-management", "category", text)).toBe(category);
  });

  it("a bearing wall that is knocked down is grave, and no sudden event", () => {
    const text = "楼上装修把承重墙砸了";
    expect(given("property-management", "category", text)).not.toBe("突发事件");
    expect(given("property-management", "level", text)).toBe("重大投诉");
  });

  it.each([
    ["我一直担心着火，昨晚三楼真的起火了", "重大投诉"],
    ["保安殴打业主，鼻子都打出血了", "重大投诉"],
    ["小区偷盗频发，没人管", "重大投诉"],
    ["楼道出现火情", "重大投诉"],
    ["电梯不是关人就是掉层", "重大投诉"],
    ["消防通道被堵，一旦着火怎么办", "一般投诉"],
    ["飞线充电容易引发火灾", "一般投诉"],
    ["怕停水停电，只好把钱交了", "一般投诉"],
    ["昨天市里另一个小区着火了，我们这儿灭火器还是过期的", "一般投诉"],
    ["全体业主都知道物业差", "一般投诉"],
    ["楼下酒吧太吵，还老有人打架", "一般投诉"],
  ])("what happened is told from what is feared, heard or elsewhere: %s", (text, level) => {
    expect(given("property-management", "level", text)).toBe(level);
  });
});
