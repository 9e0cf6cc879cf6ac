import { fileNamePart } from "../documents/file-name.js";
import { calendarFile, type CalendarEntry } from "../documents/reminders/calendar-file.js";
import { mailDraft } from "../documents/reminders/mail-draft.js";
import { isoTime, type WallTime } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import type { DocumentFile } from "./issue-notices.js";
import { jobsText } from "./texts.js";
import type { HandlerDay, Step, Today } from "./today.js";

/** What reminds people of what is due: a calendar file, mails to look at and send, a text for a chat. */

/** What the file for calendars is called. */
export function calendarName({ now }: Today, language: Language): string {
  const day = isoTime(now).slice(0, 10);
  return `${fileNamePart(jobsText(language, "today.file-calendar", { day }))}.ics`;
}

/** The day's steps as a file for calendars; importing a later one brings the entries of an earlier one up to date. */
export function remindersCalendar(today: Today, language: Language): Uint8Array {
  // In the order of the rows: where a number stands twice, each keeps its entry whichever is more urgent.
  const steps = [...today.open, ...today.done].sort((a, b) => a.row - b.row);
  const done = new Set(today.done);
  const times = new Map<string, number>();
  const entries = steps.map((step) => {
    const entry = entryOf(step, done.has(step), today, language);
    const n = (times.get(entry.key) ?? 0) + 1;
    times.set(entry.key, n);
    return n === 1 ? entry : { ...entry, key: `${entry.key}.${n}` };
  });
  return bytes(calendarFile(entries, today.now, jobsText(language, "today.calendar")));
}

function entryOf(step: Step, cancelled: boolean, today: Today, language: Language): CalendarEntry {
  const { packId, id, stage, part, what, due, reminders } = step;
  return {
    key: [packId, id, stage, ...(part === undefined ? [] : [part])].join("."),
    title: jobsText(language, cancelled ? "today.entry-done" : "today.entry", { what, id, customer: step.customer }),
    text: [step.about, step.pack, dueText(step, language), ...(cancelled ? [] : [nextText(step, language)])]
      .filter((line) => line !== "")
      .join("\n"),
    end: step.end,
    // What has passed already would ring at once.
    alarms: reminders
      .filter(({ at }) => at > today.now)
      .map(({ at, percent }) => ({
        at,
        text: jobsText(language, "today.alarm", { what, id, percent, due: short(due) }),
      })),
    cancelled,
  };
}

/** A draft of a mail for each handler who has something before them, and all of it as one text for a chat. */
export function reminderDrafts(today: Today, language: Language): DocumentFile[] {
  const day = isoTime(today.now).slice(0, 10);
  const mails = today.handlers.map((handler): DocumentFile => {
    const who = named(handler, language);
    const to = handler.people.flatMap(({ name, email }) => (email === undefined ? [] : [{ name, address: email }]));
    const subject = jobsText(language, "today.subject", { who, counts: countsText(handler, language) });
    const text = chatText({ ...today, handlers: [handler] }, language);
    return {
      name: `${fileNamePart(jobsText(language, "today.file", { who, day }))}.eml`,
      bytes: bytes(mailDraft({ to, subject, text, now: today.now })),
    };
  });
  if (mails.length === 0) return [];
  const all = {
    name: `${fileNamePart(jobsText(language, "today.file-all", { day }))}.txt`,
    bytes: bytes(chatText(today, language)),
  };
  return [...distinct(mails), all];
}

/** What is due, by handler, as a text to paste into a chat. */
export function chatText({ now, handlers, organisation }: Today, language: Language): string {
  const lines = [
    jobsText(language, organisation === undefined ? "today.chat-title" : "today.chat-title-of", {
      time: short(now),
      organisation: organisation ?? "",
    }),
  ];
  for (const handler of handlers) {
    lines.push("", `${named(handler, language)}：${countsText(handler, language)}`);
    handler.steps.forEach((step, i) => lines.push(`${i + 1}. ${stepText(step, language)}`));
  }
  return `${lines.join("\n")}\n`;
}

function stepText(step: Step, language: Language): string {
  const { urgency, used, what, customer, about } = step;
  return jobsText(language, step.reminderForm ? "today.step-form" : "today.step", {
    urgency: urgencyText(urgency, used, language),
    id: numberText(step),
    what,
    due: short(step.due),
    matter: [customer, about].filter((text) => text !== "").join(language === "zh" ? "：" : ": "),
    next: step.nextStep,
  });
}

/** A complaint's number; with its regulation where another one's complaint has the same. */
export function numberText({ id, pack, sharesNumber }: Step): string {
  return sharesNumber ? `${id}（${pack}）` : id;
}

/** 已逾期, 今日到期, 三个工作日内; a later one by the part of its limit that has passed. */
export function urgencyText(urgency: Step["urgency"], used: number | undefined, language: Language): string {
  if (urgency !== "later") return jobsText(language, `today.urgency.${urgency}`);
  return jobsText(language, "today.used", { percent: used ?? 0 });
}

/** A handler and who that is. */
export function named({ handler, people }: HandlerDay, language: Language): string {
  if (handler === "") return jobsText(language, "today.nobody");
  const names = people.map(({ name }) => name).filter((name) => name !== handler);
  if (names.length === 0) return handler;
  return jobsText(language, "today.who", { handler, names: names.join(language === "zh" ? "、" : ", ") });
}

export function countsText({ steps }: HandlerDay, language: Language): string {
  const urgencies = ["overdue", "today", "next", "later"] as const;
  const counts = urgencies.flatMap((urgency) => {
    const n = steps.filter((step) => step.urgency === urgency).length;
    return n === 0 ? [] : [jobsText(language, `today.count.${urgency}`, { n })];
  });
  return counts.join(language === "zh" ? "，" : ", ");
}

function dueText({ due }: Step, language: Language): string {
  return jobsText(language, "today.due", { due: short(due) });
}

function nextText({ nextStep, handlers }: Step, language: Language): string {
  return jobsText(language, "today.next", { next: nextStep, who: handlers.join("、") });
}

function short(time: WallTime): string {
  return isoTime(time).slice(0, 16).replace("T", " ");
}

/** Two handlers whose names make one file name are told apart by a number. */
function distinct(files: readonly DocumentFile[]): DocumentFile[] {
  const times = new Map<string, number>();
  return files.map(({ name, bytes: content }) => {
    const n = (times.get(name) ?? 0) + 1;
    times.set(name, n);
    return { name: n === 1 ? name : name.replace(/(\.\w+)$/, `-${n}$1`), bytes: content };
  });
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
