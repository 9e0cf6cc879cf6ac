import { describe, expect, it } from "vitest";
import { createCalendar } from "../../src/domain/calendar.js";
import { readHolidayNotice } from "../../src/domain/holiday-notice.js";
import { addDays, calendarDate, dayOf, isoDate } from "../../src/domain/wall-time.js";
import { worksByLibrary } from "../support/library-days.js";

/** In the form of the yearly notice; the days are those of 2026. */
const OF_2026 = `2026年部分节假日安排
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`;

const shown = (text: string, year?: number): unknown => {
  const notice = readHolidayNotice(text, year);
  return "problem" in notice ? notice.problem : notice.days.map(({ day, kind }) => `${isoDate(day)} ${kind}`);
};

describe("the yearly notice, pasted as it is published", () => {
  it("gives every working day of the year as the calendar library has it", () => {
    const notice = readHolidayNotice(OF_2026);
    if ("problem" in notice) throw new Error(notice.problem);
    expect(notice.year).toBe(2026);
    const calendar = createCalendar(notice.days);
    for (let day = dayOf(2026, 1, 1); calendarDate(day).year === 2026; day = addDays(day, 1))
      expect(calendar.isWorkingDay(day), isoDate(day)).toBe(worksByLibrary(day));
    expect(notice.days.filter(({ kind }) => kind === "work").map(({ day }) => isoDate(day))).toEqual([
      "2026-01-04",
      "2026-02-14",
      "2026-02-28",
      "2026-05-09",
      "2026-09-20",
      "2026-10-10",
    ]);
  });

  it.each([
    "元旦：2月30日放假，共1天。",
    "元旦：13月45日放假。",
    "元旦：1月1日至9999年12月31日放假。",
    "国庆节：10月1日至9月30日放假。",
    "元旦：1月1日放假。2月29日上班。",
  ])("a day in no calendar, or a holiday of a year, spoils the notice and takes no time: %s", (line) => {
    expect(shown(line, 2027)).toBe("no-such-day");
  });

  it("runs over the end of a month and of the year", () => {
    expect(shown("国庆节：9月29日至10月2日放假，共4天。", 2030)).toEqual([
      "2030-09-29 rest",
      "2030-09-30 rest",
      "2030-10-01 rest",
      "2030-10-02 rest",
    ]);
    expect(shown("元旦：2029年12月31日至1月1日放假，共2天。", 2029)).toEqual(["2029-12-31 rest", "2030-01-01 rest"]);
  });

  it("takes one day off, and off and worked in one sentence", () => {
    expect(shown("2030年\n清明节：4月5日（周五）放假1天，4月7日（周日）上班。")).toEqual([
      "2030-04-05 rest",
      "2030-04-07 work",
    ]);
  });

  it("reads two holidays that are arranged as one", () => {
    expect(shown("国庆节、中秋节：10月1日（周三）至2日（周四）放假调休，共2天。", 2031)).toEqual([
      "2031-10-01 rest",
      "2031-10-02 rest",
    ]);
  });

  it.each([
    ["no year", "元旦：1月1日放假，共1天。", "year-missing"],
    ["another text", "2027年工作安排：各部门按时上报。", "nothing-found"],
    ["fewer days than it says itself", "2027年\n春节：2月5日至9日放假调休，共8天。", "day-count-differs"],
  ])("says what is wrong: %s", (_name, text, problem) => {
    expect(shown(text)).toBe(problem);
  });
});
