import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isVagueMeasure } from "../../src/domain/vague-measures.js";

const VAGUE = [
  "加强检查",
  "加强培训",
  "提高意识",
  "加强管理",
  "引以为戒",
  "下不为例",
  "严格把关",
  "加强检查，加强培训。",
  "加强检查和培训",
  "加强检查、培训、管理",
  "加强员工培训，提高服务意识",
  "进一步加强管理，提高员工责任心",
  "今后加强质量检查，杜绝类似问题再次发生",
  "以后注意",
  "今后要引以为戒，避免此类事件再次发生！",
  "加强对员工的教育和培训",
  "提高全体员工的质量意识",
  "加强内部沟通与协调",
  "严格执行制度，认真检查",
  "认真吸取教训，举一反三，下不为例",
  "我们一定高度重视，严格要求，持续改进",
  "提升服务质量和服务水平",
  "加强过程控制，严把质量关",
  "检查、培训都要加强".replace("都", ""),
  "1. 加强检查；2. 加强培训",
  "1、加强检查 2、加强培训",
  "（一）加强检查（二）加强培训",
  "①加强检查②加强培训",
  "加 强 检 查",
  "加强培训\n提高意识",
  "加强",
  "培训",
  "员工培训",
  "加强品质管控力度，提升员工品质意识",
  "对责任人进行批评教育，要求引以为戒",
  "加强与客户的沟通",
  "加强售后服务",
  "严格按照流程操作",
  "加大检查力度，确保产品质量",
  "提高产品合格率",
  "转变服务理念，以客户为中心",
  "Staff training",
  "整改",
  "注意",
  "Strengthen training",
  "Raise awareness.",
  "Strengthen staff training and raise quality awareness",
  "We will pay more attention in the future",
  "improve service quality, avoid similar problems",
  "ＳＴＲＥＮＧＴＨＥＮ training",
  "加强检查 strengthen inspection",
];

const CONCRETE = [
  "张三每日下班前抽检 5 件",
  "加强检查，每班首件送检",
  "由质检员李四于4月10日前完成全员培训并考核",
  "更换缝纫机针板",
  "加强培训：4月每周五对缝纫组讲解作业指导书",
  "更新作业指导书第3版",
  "在包装线增加称重工位",
  "每周检查一次",
  "加强检查3次",
  "更换供应商",
  "已更换弹簧并调整热处理温度",
  "新增出货检验清单，由仓储主任签字",
  "加强来料检验，抽样比例由5%提高到10%",
  "对张三批评教育",
  "加强检查, 安装摄像头",
  "改用三层纸箱",
  "Train all sewing operators on WI-023 by 10 April",
  "Replace the needle plate",
  "strengthen training every Friday",
  "Improve packaging: three-layer carton",
  "质检员加强检查",
  "严格按照 WI-023 操作",
  "按照新版作业指导书操作",
  "加强检查（缝纫线张力）",
  "停用该批次面料",
];

describe("empty words only", () => {
  it.each(VAGUE)("%j", (text) => {
    expect(isVagueMeasure(text)).toBe(true);
  });
});

describe("something concrete", () => {
  it.each(CONCRETE)("%j", (text) => {
    expect(isVagueMeasure(text)).toBe(false);
  });
});

describe("nothing at all is not vague but missing", () => {
  it.each(["", "  ", "。。。", "员工", "和", "产品质量", "问题", "1.", "the staff"])("%j", (text) => {
    expect(isVagueMeasure(text)).toBe(false);
  });
});

it("empty words stay empty however many are strung together", () => {
  const joint = fc.constantFrom("，", "；", "。", "、", "\n", " ", "，并", "，同时");
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...VAGUE.filter((text) => !/\d|[（①]/.test(text))), joint), {
        minLength: 1,
        maxLength: 6,
      }),
      (parts) => {
        expect(isVagueMeasure(parts.flat().join(""))).toBe(true);
      },
    ),
  );
});

it("one concrete measure makes the whole text concrete", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...VAGUE), { maxLength: 5 }),
      fc.constantFrom(...CONCRETE),
      fc.nat(5),
      (vague, concrete, at) => {
        const parts = [...vague];
        parts.splice(Math.min(at, parts.length), 0, concrete);
        expect(isVagueMeasure(parts.join("；"))).toBe(false);
      },
    ),
  );
});

it("passes a text too long to be empty without searching it", () => {
  expect(isVagueMeasure("加强检查，".repeat(20_000))).toBe(false);
});
