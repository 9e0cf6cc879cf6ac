import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameKey, plainName, readPersons } from "../../src/domain/persons-text.js";

const read = (text: string): string => {
  const persons = readPersons(text);
  if (typeof persons === "string") return persons;
  return persons.map(({ name, percent }) => (percent === undefined ? name : `${name}=${percent}`)).join(" ");
};

describe("persons", () => {
  it.each([
    ["张三", "张三"],
    ["张三:60%;李四:40%", "张三=60 李四=40"],
    ["张三：60％；李四：40％", "张三=60 李四=40"],
    ["张三:60;李四:40", "张三=60 李四=40"],
    ["张三60%、李四40%", "张三=60 李四=40"],
    ["张三 60%，李四 40%", "张三=60 李四=40"],
    ["张三60% 李四40%", "张三=60 李四=40"],
    ["张三60%李四40%", "张三=60 李四=40"],
    ["张三（60%）、李四（40%）", "张三=60 李四=40"],
    ["张三(60%)李四(40%)", "张三=60 李四=40"],
    ["张三：６０％；李四：４０％", "张三=60 李四=40"],
    ["张三：33.33%；李四：33.33%；王五：33.33%", "张三=33.33 李四=33.33 王五=33.33"],
    ["张三:100%", "张三=100"],
    ["张三:0%;李四:100%", "张三=0 李四=100"],
    ["张三、李四", "张三 李四"],
    ["张三,李四;王五/赵六\n钱七", "张三 李四 王五 赵六 钱七"],
    ["张三；李四；", "张三 李四"],
    ["张三 李四", "张三 李四"],
    ["欧阳锋 王小明", "欧阳锋 王小明"],
    ["张三和李四", "张三 李四"],
    ["张三、李四和王五", "张三 李四 王五"],
    ["张和平", "张和平"],
    ["欧阳和平", "欧阳和平"],
    ["张 三", "张三"],
    ["张　三、李　四", "张三 李四"],
    ["John Smith", "John Smith"],
    ["John  Smith, Jane Doe", "John Smith Jane Doe"],
    ["John Smith and Jane Doe", "John Smith Jane Doe"],
    ["John Smith: 60%; Jane Doe: 40%", "John Smith=60 Jane Doe=40"],
    ["阿凡提·买买提", "阿凡提·买买提"],
    ["10023", "10023"],
    ["张三:0.6;李四:0.4", "张三=60 李四=40"],
    ["李\u200b四", "李四"],
    ["李四\u2060", "李四"],
    ["\u202d李四\u202c", "李四"],
    ["李四\ufe00", "李四"],
    ["⾼某某", "高某某"],
    ["Ｊｏｈｎ　Ｓｍｉｔｈ", "John Smith"],
  ])("%j", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ["张三:60%;李四:30%", "shares-do-not-add-up"],
    ["张三:60%;李四:40.02%", "shares-do-not-add-up"],
    ["张三:0.6;李四:0.5", "shares-do-not-add-up"],
    ["张三:0.6%;李四:0.4%", "shares-do-not-add-up"],
    ["张三:60%;李四", "share-missing"],
    ["张三 李四60%", "share-missing"],
    ["60%", "not-a-name"],
    ["60%;40%", "not-a-name"],
    ["张三:六成", "not-a-name"],
    ["张三:-5%;李四:105%", "not-a-name"],
    ["张三:1.2.3%", "not-a-name"],
    ["；；", "not-a-name"],
    ["?", "not-a-name"],
    ["张三、张三", "named-twice"],
    ["张三:60%;张三:40%", "named-twice"],
    ["张 三 李 四", "not-a-name"],
  ])("%j is refused: %s", (text, problem) => {
    expect(read(text)).toBe(problem);
  });

  it.each([
    ["张三（质检部）", "张三", "质检部"],
    ["张三(一组)", "张三", "一组"],
    ["张三（A01）", "张三", "A01"],
    ["张三 A01", "张三", "A01"],
    ["A01 张三", "张三", "A01"],
    ["张三（主责）", "张三", "主责"],
    ["张三（一组、白班）", "张三", "一组、白班"],
  ])("%j: what stands beside the name tells which person is meant", (text, name, qualifier) => {
    expect(readPersons(text)).toEqual([{ name, qualifier }]);
  });

  it("one name with two departments is two persons, the same twice is a slip", () => {
    expect(readPersons("张三（质检部）:50%、张三（制造部）:50%")).toHaveLength(2);
    expect(readPersons("张三（质检部）、张三（质检部）")).toBe("named-twice");
  });

  it("an invisible character anywhere in a name never makes another person", () => {
    const invisible = fc.constantFrom("\u200b", "\u200c", "\u2060", "\u202c", "\u202d", "\ufeff", "\ufe0f", "\u00ad");
    fc.assert(
      fc.property(fc.constantFrom("张三", "王小明", "John"), fc.nat(5), invisible, (name, at, mark) => {
        const i = Math.min(at, name.length);
        expect(readPersons(name.slice(0, i) + mark + name.slice(i))).toEqual([{ name }]);
        expect(nameKey(name.slice(0, i) + mark + name.slice(i))).toBe(nameKey(name));
      }),
    );
  });

  it.each([
    ["А01", "A01"], // Cyrillic А
    ["Јohn", "John"],
    ["ΑΒ12", "AB12"],
    ["Ａ０１", "A01"],
    ["⾼明", "高明"], // a radical
    ["李\ufe0f四", "李四"],
  ])("%s looks like %s and is the same", (text, plain) => {
    expect(plainName(text)).toBe(plain);
    expect(nameKey(text)).toBe(nameKey(plain));
  });

  it("a name in another script is its own; another form of a character is shown as it is and compared as the usual one", () => {
    expect(plainName("Иван")).toBe("Иван");
    for (const [form, usual] of [
      ["曽伟", "曾伟"],
      ["髙明", "高明"],
      ["呂布", "吕布"],
    ] as const) {
      expect(plainName(form)).toBe(form);
      expect(nameKey(form)).toBe(nameKey(usual));
    }
    // 於 and 于, 後 and 后 are different names.
    expect(nameKey("於敏")).not.toBe(nameKey("于敏"));
  });

  it("reads whatever names and shares are written, in any of the ways", () => {
    const names = fc.uniqueArray(fc.constantFrom("张三", "李四", "王小明", "欧阳锋", "赵六", "钱七", "孙八"), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        names,
        fc.constantFrom(";", "；", "、", ", ", " / "),
        fc.constantFrom(":", "：", " ", ""),
        (list, separator, colon) => {
          expect(read(list.join(separator))).toBe(list.join(" "));
          const percents = list.map((_, i) => (i === 0 ? 100 - (list.length - 1) * 7 : 7));
          const text = list.map((name, i) => `${name}${colon}${percents[i]!}%`).join(separator);
          expect(read(text)).toBe(list.map((name, i) => `${name}=${percents[i]!}`).join(" "));
        },
      ),
    );
  });
});
