import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDateText, readTimeOfDay } from "../../src/domain/date-text.js";
import {
  calendarDate,
  dayOfTime,
  isoDate,
  isoTime,
  wallTime,
  weekday,
  type WallTime,
} from "../../src/domain/wall-time.js";

const read = (text: string): string => {
  const found = readDateText(text);
  return typeof found === "string" ? found : isoTime(found);
};

describe("a day", () => {
  it.each([
    "2026-03-31",
    "2026-3-31",
    "2026/3/31",
    "2026/03/31",
    "2026.3.31",
    "2026. 3. 31",
    "2026.03.31.",
    "2026 / 3 / 31",
    "2026年3月31日",
    "2026年03月31号",
    "2026 年 3 月 31 日",
    "2026年3月31",
    "26年3月31日",
    "20260331",
    "２０２６－０３－３１",
    "２０２６年３月３１日",
    "２０２６／３／３１",
    "2026–3–31",
    "二〇二六年三月三十一日",
    "二零二六年三月卅一日",
    "二〇二六年三月31日",
    "贰零贰陆年叁月叁拾壹日",
    "2026-03-31 星期二",
    "2026年3月31日（周二）",
    "2026年3月31日星期二",
    "星期二 2026-03-31",
    "Tuesday, March 31, 2026",
    "Tue 31 Mar 2026",
    "Mar 31, 2026",
    "Mar. 31, 2026",
    "March 31st, 2026",
    "march 31 2026",
    "31 March 2026",
    "31st of March, 2026",
    "31-Mar-2026",
    "2026-Mar-31",
    "31/3/2026", // there is no 31st month
    "3/31/2026",
    "31.03.2026",
    "  2026-03-31  ",
    "2026-03-31\u3000",
  ])("is read from %j", (text) => {
    expect(read(text)).toBe("2026-03-31T00:00:00");
  });

  it.each([
    ["3/3/2026", "2026-03-03"],
    ["2026年十月十日", "2026-10-10"],
    ["二〇二六年十二月二十日", "2026-12-20"],
    ["98年12月1日", "1998-12-01"],
    ["2024-02-29", "2024-02-29"],
    ["2000-02-29", "2000-02-29"],
    ["1990-01-01", "1990-01-01"],
    ["2100-12-31", "2100-12-31"],
    ["May 1, 2026", "2026-05-01"],
    ["1 Sept 2026", "2026-09-01"],
  ])("%s", (text, day) => {
    expect(read(text)).toBe(`${day}T00:00:00`);
  });
});

describe("a day and a time", () => {
  it.each([
    ["2026-03-31 14:05", "14:05:00"],
    ["2026-03-31 14:05:09", "14:05:09"],
    ["2026-03-31T14:05", "14:05:00"],
    ["2026-03-31 23:59:59", "23:59:59"],
    ["2026/3/31 23:59:59", "23:59:59"],
    ["2026-03-31T14:05:09.999", "14:05:09"],
    ["2026-03-31T14:05:09+08:00", "14:05:09"],
    ["2026-03-31 14:05 GMT+8", "14:05:00"],
    ["2026/3/31 9:05", "09:05:00"],
    ["2026/3/31 0:00:00", "00:00:00"],
    ["2026.3.31，14：05", "14:05:00"],
    ["20260331 14:05", "14:05:00"],
    ["202603311405", "14:05:00"],
    ["20260331140509", "14:05:09"],
    ["20260331T140509", "14:05:09"],
    ["2026年3月31日14:05", "14:05:00"],
    ["2026年3月31日 下午2:05", "14:05:00"],
    ["2026年3月31日 下午 2:05:09", "14:05:09"],
    ["2026年3月31日下午2点05分", "14:05:00"],
    ["2026年3月31日14时05分", "14:05:00"],
    ["2026年3月31日14时05分09秒", "14:05:09"],
    ["2026年3月31日 2点半", "02:30:00"],
    ["2026年3月31日 下午2点半", "14:30:00"],
    ["2026年3月31日 下午三点一刻", "15:15:00"],
    ["2026年3月31日 14时", "14:00:00"],
    ["2026年3月31日 14点整", "14:00:00"],
    ["2026年3月31日 两点钟", "02:00:00"],
    ["二〇二六年三月三十一日十四时五分", "14:05:00"],
    ["2026-03-31 上午9:30", "09:30:00"],
    ["2026-03-31 上午12:30", "00:30:00"],
    ["2026-03-31 早上8点", "08:00:00"],
    ["2026-03-31 中午12:30", "12:30:00"],
    ["2026-03-31 中午1点", "13:00:00"],
    ["2026-03-31 中午11点50分", "11:50:00"],
    ["2026-03-31 下午14:05", "14:05:00"],
    ["2026-03-31 晚上8点", "20:00:00"],
    ["2026-03-31 晚8点", "20:00:00"],
    ["2026-03-31 傍晚6点", "18:00:00"],
    ["2026-03-31 凌晨2点", "02:00:00"],
    ["2026-03-31 凌晨12:10", "00:10:00"],
    ["2026-03-31 2:05 PM", "14:05:00"],
    ["2026-03-31 2:05pm", "14:05:00"],
    ["2026-03-31 2 PM", "14:00:00"],
    ["2026-03-31 12:05 AM", "00:05:00"],
    ["2026-03-31 12:05 PM", "12:05:00"],
    ["2026-03-31 2:05 p.m.", "14:05:00"],
    ["Mar 31, 2026 at 2:05 PM", "14:05:00"],
    ["2026-03-31 星期二 14:05", "14:05:00"],
    ["２０２６年３月３１日　１４：０５", "14:05:00"],
    ["2026-03-31 早上4点", "04:00:00"],
    ["2026-03-31 早上11点", "11:00:00"],
    ["2026-03-31 中午13:00", "13:00:00"],
    ["2026-03-31 中午2点", "14:00:00"],
    ["2026-03-31 傍晚5点", "17:00:00"],
    ["2026-03-31 晚上17:00", "17:00:00"],
    ["2026-03-31 晚上24:00", "23:59:59"],
    ["2026-03-31 凌晨6点", "06:00:00"],
    ["2026-03-31 PM 2:05", "14:05:00"],
    ["2026-03-31 24:00", "23:59:59"],
    ["2026年3月31日24时", "23:59:59"],
    ["2026-03-31 晚上12点", "23:59:59"],
  ])("%s", (text, time) => {
    expect(read(text)).toBe(`2026-03-31T${time}`);
  });
});

describe("what is refused, and why", () => {
  it.each([
    ["2026-02-30", "no-such-date"],
    ["2026-02-29", "no-such-date"],
    ["2100-02-29", "no-such-date"],
    ["2026-13-01", "no-such-date"],
    ["2026-00-10", "no-such-date"],
    ["2026-04-00", "no-such-date"],
    ["2026年4月31日", "no-such-date"],
    ["31/31/2026", "no-such-date"],
    ["二〇二六年二月三十日", "no-such-date"],
    ["3/31", "year-missing"],
    ["3月31日", "year-missing"],
    ["3月31日 14:05", "year-missing"],
    ["三月三十一日", "year-missing"],
    ["3-31", "year-missing"],
    ["Mar 31", "year-missing"],
    ["31 March", "year-missing"],
    ["2026年3月", "day-missing"],
    ["2026-03", "day-missing"],
    ["2026年", "day-missing"],
    ["3/4/26", "ambiguous-date"],
    ["26-03-31", "ambiguous-date"],
    ["03/04/2026", "ambiguous-date"],
    ["3-4-2026", "ambiguous-date"],
    ["2026-03-31 25:00", "no-such-time"],
    ["2026-03-31 24:01", "no-such-time"],
    ["2026-03-31 14:60", "no-such-time"],
    ["2026-03-31T14:05:60", "no-such-time"],
    ["2026-03-31 上午14:00", "no-such-time"],
    ["2026-03-31 晚上1点", "no-such-time"],
    ["2026-03-31 14:05 AM", "no-such-time"],
    ["2026-03-31 早上3点", "no-such-time"],
    ["2026-03-31 早上12点", "no-such-time"],
    ["2026-03-31 中午10点", "no-such-time"],
    ["2026-03-31 中午3点", "no-such-time"],
    ["2026-03-31 中午15:00", "no-such-time"],
    ["2026-03-31 晚上4点", "no-such-time"],
    ["2026-03-31 晚上16:00", "no-such-time"],
    ["2026-03-31 凌晨7点", "no-such-time"],
    ["2026-03-31 下午0:05", "no-such-time"],
    ["2026-03-31 下午24:00", "no-such-time"],
    ["2026-03-31 24:00:01", "no-such-time"],
    ["2026-03-31T06:05:00Z", "time-zone"],
    ["2026-03-31T06:05:00+00:00", "time-zone"],
    ["2026-03-31 06:05 UTC", "time-zone"],
    ["1026-03-31", "out-of-range"],
    ["1989-12-31", "out-of-range"],
    ["2101-01-01", "out-of-range"],
    ["9999-12-31", "out-of-range"],
    ["", "not-a-date"],
    ["2026-03-3:", "not-a-date"],
    ["2026-0/-31", "not-a-date"],
    ["20:6-03-31", "not-a-date"],
    ["2026-03-31x14:05", "not-a-date"],
    ["2026-03-31 14.05", "not-a-date"],
    ["2026-03-31 14:05.09", "not-a-date"],
    ["2026-03-31 14:05-15:00", "not-a-date"],
    ["昨天", "not-a-date"],
    ["待定", "not-a-date"],
    ["14:05", "not-a-date"],
    ["星期二", "not-a-date"],
    ["46112", "not-a-date"],
    ["2026-03-31 左右", "not-a-date"],
    ["2026-03-31 14", "not-a-date"],
    ["2026-03-31至2026-04-02", "not-a-date"],
    ["2026-03-31,2026-04-02", "not-a-date"],
    ["2026-03-311", "not-a-date"],
    ["202603310", "not-a-date"],
    ["2026-03-31 上午2:05下午", "not-a-date"],
    ["投诉 2026-03-31", "not-a-date"],
  ])("%j: %s", (text, problem) => {
    expect(read(text)).toBe(problem);
  });
});

describe("a time of day", () => {
  it.each([
    ["18:00", 64_800],
    ["１７：３０", 63_000],
    ["下午6点", 64_800],
    ["5:30 PM", 63_000],
    ["17时30分", 63_000],
    ["十八点", 64_800],
    ["24:00", 86_400],
    ["0:00", 0],
    ["1730", 63_000],
    ["25:00", undefined],
    ["下班", undefined],
    ["18", undefined],
    ["", undefined],
  ])("%s", (text, seconds) => {
    expect(readTimeOfDay(text)).toBe(seconds);
  });
});

describe("for any time", () => {
  const times = fc
    .integer({ min: wallTime(1990, 1, 1), max: wallTime(2100, 12, 31, 23, 59, 59) })
    .map((seconds) => seconds as WallTime);
  const names = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ];
  const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

  it("reads every way of writing it alike", () => {
    fc.assert(
      fc.property(times, (time) => {
        const { year, month, day } = calendarDate(dayOfTime(time));
        const [h, m, s] = isoTime(time).slice(11).split(":").map(Number) as [number, number, number];
        const pm = h >= 12;
        const hour12 = h % 12 === 0 ? 12 : h % 12;
        const mm = String(m).padStart(2, "0");
        const ss = String(s).padStart(2, "0");
        const full = (text: string): string =>
          text.replace(/[0-9:]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
        const forms = [
          isoTime(time),
          isoTime(time).replace("T", " "),
          isoTime(time).replace(/[-T:]/g, ""),
          `${year}/${month}/${day} ${h}:${mm}:${ss}`,
          `${year}年${month}月${day}日 ${pm ? "下午" : "上午"}${hour12}:${mm}:${ss}`,
          `${year}年${month}月${day}日${h}时${m}分${s}秒`,
          full(`${year}年${month}月${day}日 ${h}:${mm}:${ss}`),
          `${names[month - 1]!} ${day}, ${year} ${hour12}:${mm}:${ss} ${pm ? "PM" : "AM"}`,
          `${weekdays[weekday(dayOfTime(time))]!}, ${day} ${names[month - 1]!.slice(0, 3)} ${year} ${h}:${mm}:${ss}`,
        ];
        for (const form of forms) expect(read(form), form).toBe(isoTime(time));
      }),
    );
  });

  it("never reads a day that is not written in the text", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1990, max: 2100 }),
        fc.integer({ min: 0, max: 15 }),
        fc.integer({ min: 0, max: 35 }),
        (year, month, day) => {
          const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
          const found = readDateText(text);
          const real = !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
          expect(typeof found === "string" ? found : isoDate(dayOfTime(found))).toBe(real ? text : "no-such-date");
        },
      ),
    );
  });

  it("never throws", () => {
    const pieces = fc.constantFrom(
      "2026",
      "3",
      "31",
      "年",
      "月",
      "日",
      "-",
      "/",
      ".",
      ":",
      " ",
      "下午",
      "二",
      "十",
      "T",
      "Mar",
      "24",
      "Z",
      "（",
      "星期",
      "点半",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        readDateText(parts.join(""));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        readDateText(text);
      }),
    );
  });
});
