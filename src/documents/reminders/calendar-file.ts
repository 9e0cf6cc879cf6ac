import { ICalAlarmType, ICalCalendar, ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import { addSeconds, type WallTime } from "../../domain/wall-time.js";

/** A calendar file (RFC 5545) that other calendars import, and import again to be brought up to date. */

export interface CalendarEntry {
  /** The same for the same matter in every file. */
  readonly key: string;
  readonly title: string;
  readonly text: string;
  /** When it ends; it takes half an hour. */
  readonly end: WallTime;
  readonly alarms: readonly { readonly at: WallTime; readonly text: string }[];
  /** It was told of before and is done. */
  readonly cancelled: boolean;
}

const HALF_AN_HOUR = 1800;
/** 1970-01-01 in seconds of the wall clock. */
const UNIX_EPOCH = 25_569 * 86_400;
/** China has had no other time since 1992. */
const SHANGHAI = 8 * 3600;
/** Minutes are counted from here, so that SEQUENCE stays a small number for a long time. */
const FIRST_MINUTE = 28_400_000;

/** The entries as a file. The later of two files has the higher SEQUENCE, so that its entries take the place of the others. */
export function calendarFile(entries: readonly CalendarEntry[], now: WallTime, name: string): string {
  const calendar = new ICalCalendar({
    prodId: { company: "tiaoli", product: "tiaoli", language: "ZH" },
    method: ICalCalendarMethod.PUBLISH,
    name,
  });
  const stamp = instant(now);
  const sequence = Math.max(0, Math.floor(stamp.getTime() / 60_000) - FIRST_MINUTE);
  for (const { key, title, text, end, alarms, cancelled } of entries) {
    calendar.createEvent({
      id: uidOf(key),
      sequence,
      stamp,
      start: instant(addSeconds(end, -HALF_AN_HOUR)),
      end: instant(end),
      summary: title,
      description: text,
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      alarms: cancelled
        ? []
        : alarms.map(({ at, text: said }) => ({
            type: ICalAlarmType.display,
            trigger: instant(at),
            description: said,
          })),
    });
  }
  return calendar.toString();
}

/** Numbers and packs may hold anything; a UID holds what every calendar takes. */
function uidOf(key: string): string {
  const plain = Array.from(new TextEncoder().encode(key), (byte) => {
    const char = String.fromCharCode(byte);
    return /[A-Za-z0-9._-]/.test(char) ? char : `=${byte.toString(16).padStart(2, "0")}`;
  });
  return `${plain.join("")}@tiaoli`;
}

/** The instant of a time of the wall clock in Shanghai. */
function instant(time: WallTime): Date {
  return new Date((time - UNIX_EPOCH - SHANGHAI) * 1000);
}
