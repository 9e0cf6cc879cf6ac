import { expect, it } from "vitest";
import { isOutsideParty, isUnitName, notPerson } from "../../src/domain/not-persons.js";

it.each([
  ["供应商", "outside"],
  ["外部承运商", "outside"],
  ["客户", "outside"],
  ["宏达物流有限公司", "outside"],
  ["Carrier", "outside"],
  ["制造部", "department"],
  ["一车间", "department"],
  ["质检科", "department"],
  ["前台", "department"],
  ["同上", "elsewhere"],
  ["见附件", "elsewhere"],
  ["待定", "elsewhere"],
  ["待处理", "elsewhere"],
  ["/", "elsewhere"],
  ["操作工", "elsewhere"],
  ["13800138000", "phone"],
  ["0755-26001234", "phone"],
  ["张三等3人", "several"],
  ["张三等", "several"],
  ["张三等三人", "several"],
  ["3人", "several"],
  ["张三6成李四4成", "several"],
  ["无责任人", "elsewhere"],
  ["1", "elsewhere"],
  ["全体员工", "several"],
] as const)("%s is nobody's name: %s", (text, why) => {
  expect(notPerson(text)).toBe(why);
});

it.each(["张三", "欧阳锋", "部建国", "John Smith", "阿凡提·买买提", "10023", "A01", "石等闲"])(
  "%s may be somebody",
  (text) => {
    expect(notPerson(text)).toBeUndefined();
  },
);

it("units and outside parties are told by their words", () => {
  expect(["制造部", "一组", "质量中心"].every(isUnitName)).toBe(true);
  expect(isUnitName("张三")).toBe(false);
  expect(["供应商/外部", "承运商", "某某有限公司"].every(isOutsideParty)).toBe(true);
  expect(["制造部", "业务部"].some(isOutsideParty)).toBe(false);
});

it.each(["张三60李四40", "张三60李四40", "欧阳娜娜50张三50"])(
  "%s names several, and nobody can part them for certain",
  (text) => {
    expect(notPerson(text)).toBe("several");
  },
);
