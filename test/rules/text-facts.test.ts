import { describe, expect, it } from "vitest";
import { tellsAny, tellingsIn } from "../../src/rules/text-facts.js";

/** What each text tells, and what it doesn't. */
const TOLD: readonly (readonly [concept: string, text: string])[] = [
  ["fire", "我一直担心着火，昨晚三楼真的起火了"],
  ["fire", "怕什么来什么，楼道里的电动车着火了"],
  ["fire", "地下室冒烟，东西都烧焦了"],
  ["fire", "多次反映消防通道被占没人管，今天凌晨失火，消防车进不来"],
  ["fire", "可能是线路老化导致起火，物业说不关他们的事"],
  ["fire", "A fire broke out in the corridor last night"],
  ["fire", "充电棚半夜烧了，二十多辆车只剩铁架子"],
  ["theft", "装了防盗门还是被盗了"],
  ["theft", "有人在地库砸了十一辆车的玻璃，偷东西"],
  ["theft", "楼道的电瓶昨天丢了，电瓶车的电瓶丢了两次"],
  ["theft", "小区偷盗频发，没人管"],
  ["crime", "保安在大门口殴打业主"],
  ["lift-trapped", "电梯老是出毛病，不是关人就是掉层"],
  ["lift-trapped", "老人被困在里面四十分钟"],
  ["flooding", "家里饮水机旁的水管爆了，屋里全是水"],
  ["blackout", "没有任何通知突然停电，冰箱里的东西全坏了"],
  ["blackout", "下午三点忽然停了整栋的电"],
  ["crime", "保安和业主打起来，一个头破了"],
  ["structure-damaged", "楼上把承重墙给砸了"],
  ["structure-damaged", "装修队正在砸客厅的承重墙"],
  ["appeal-made", "我已经向12315投诉了，等你们回复"],
  ["appeal-made", "客户向消费者协会投诉要求退车"],
  ["appeal-made", "再不解决就起诉，昨天已经打了12345"],
  ["return-car", "4S店不给退车，销售还躲着"],
  ["return-car", "要求换车，不要再修了"],
  ["collective", "我们三家业主联名写信"],
  ["repeated", "这是第三次投诉了，前两次都没下文"],
  ["personal-injury", "孩子吃完上吐下泻去了医院"],
  ["media-report", "客户发了抖音，很多人转发"],
  ["hotline-400", "厂家400转来的单子"],
  ["customer-refuses", "客户不接受这个方案"],
];

const NOT_TOLD: readonly (readonly [concept: string, text: string])[] = [
  ["fire", "消防通道堵死，一旦着火怎么办"],
  ["fire", "飞线充电容易引发火灾"],
  ["fire", "昨天市里另一个小区着火了，我们小区的灭火器也过期了"],
  ["fire", "担心电线老化，引起火灾"],
  ["fire", "没有着火，是锅烧干了冒烟"],
  ["fire", "听说前年着火过，不知道真假"],
  ["fire", "上周搞消防演习，火灾演练的烟散不掉"],
  ["fire", "宣传栏贴着预防火灾的海报，破了没人换"],
  ["fire", "等着火了才管是吧"],
  ["fire", "气得我冒火了都"],
  ["fire", "It could catch fire, I am afraid a fire might break out"],
  ["fire", "水压不够，热水器都打不着火"],
  ["explosion", "天天晚上蹦迪，我头都要炸了"],
  ["theft", "地板拱起来，撬开下面都是水"],
  ["flooding", "月季全枯了，杂草快到腰"],
  ["flooding", "地漏倒灌上来的都是黑水"],
  ["collective", "我小区入住六年，一千三百多户，至今没有通天然气"],
  ["blackout", "飘窗底下一直洇水，墙纸全黑了"],
  ["structure-damaged", "楼顶防水做得一塌糊涂"],
  ["blackout", "怕停水停电，只好把钱交了"],
  ["blackout", "手机没电了联系不上维修"],
  ["theft", "停车位划给别人了"],
  ["theft", "防盗门关不上"],
  ["theft", "怕被偷，想多装个摄像头"],
  ["theft", "保洁偷懒，楼道没人扫"],
  ["flooding", "饮水机进水口漏"],
  ["flooding", "手机进水了保修吗"],
  ["crime", "晚上被打扰得睡不着"],
  ["crime", "楼下酒吧有人打架，吵得睡不着"],
  ["collective", "全体业主都知道的事"],
  ["appeal-made", "再不解决就投诉到12315"],
  ["appeal-made", "不给个说法，我就找消协"],
  ["appeal-made", "如果还不退钱，我将向法院起诉"],
  ["appeal-made", "倒车雷达一直报警，查不出原因"],
  ["return-car", "我不退车，只要求修好"],
  ["return-car", "换车钥匙电池收了一百"],
  ["grave-circumstances", "情节不严重，已口头提醒"],
  ["goods-returned", "不予退货，不予赔偿"],
  ["allowance-given", "不予退货，不予赔偿"],
  ["hotline-400", "13400251234"],
  ["official-channel", "网络预约"],
];

describe("facts of a text", () => {
  it.each(TOLD)("%s is told by: %s", (concept, text) => {
    expect(tellsAny(text, [concept]), JSON.stringify(tellingsIn(text, [concept]))).toBe(true);
  });

  it.each(NOT_TOLD)("%s is not told by: %s", (concept, text) => {
    expect(tellsAny(text, [concept]), JSON.stringify(tellingsIn(text, [concept]))).toBe(false);
  });

  it("says the words found and the words that cancelled others", () => {
    expect(tellingsIn("我一直担心着火，昨晚三楼真的起火了", ["fire"])).toEqual([
      { concept: "fire", phrase: "着火", found: "着火", at: 5, weak: false, cancelled: { by: "fear", word: "担心" } },
      { concept: "fire", phrase: "起火", found: "起火", at: 14, weak: false },
    ]);
  });
});
