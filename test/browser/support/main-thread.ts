import type { Browser, Frame, Page } from "playwright-core";

/**
 * What the main thread was busy with, from Chromium's own trace. Wall-clock time says little on a machine that does other
 * things as well, so tasks are told by the processor time they took. Time of the garbage collector is told apart: in
 * tests the host shares the pane's memory, which it does nowhere else.
 */
export interface Task {
  /** milliseconds since the recording began */
  readonly at: number;
  /** milliseconds that passed, waiting for the processor included */
  readonly wall: number;
  /** milliseconds of processor time, without the garbage collector's */
  readonly cpu: number;
  /** milliseconds of the garbage collector */
  readonly collecting: number;
  /** Whether it ran code of the page around the pane. */
  readonly ofHost: boolean;
  /** Where the time went, in milliseconds, most first; empty unless samples were asked for. */
  readonly parts: readonly (readonly [string, number])[];
}

interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** microseconds */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly id?: string;
  readonly args: { readonly data?: EventData };
}

interface EventData {
  readonly url?: string;
  readonly startTime?: number;
  readonly timeDeltas?: readonly number[];
  readonly cpuProfile?: { readonly nodes?: readonly ProfileNode[]; readonly samples?: readonly number[] };
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url?: string; readonly lineNumber?: number };
}

interface Sample {
  readonly ts: number;
  readonly us: number;
  readonly name: string;
}

const CATEGORIES = ["toplevel", "devtools.timeline", "blink.user_timing", "v8"];
const SAMPLES = "disabled-by-default-v8.cpu_profiler";
const BEGIN = "recording-begins";
const END = "recording-ends";

/** The tasks of the thread that a pane shares with its host, from before `action` until after it. */
export async function recordTasks(
  browser: Browser,
  { page, pane }: { readonly page: Page; readonly pane: Frame },
  action: () => Promise<void>,
  { sampled = false }: { readonly sampled?: boolean } = {},
): Promise<Task[]> {
  const mark = (name: string): Promise<unknown> => pane.evaluate((text) => performance.mark(text).name, name);
  await browser.startTracing(page, { categories: sampled ? [...CATEGORIES, SAMPLES] : CATEGORIES });
  await mark(BEGIN);
  await action();
  await mark(END);
  const trace = JSON.parse((await browser.stopTracing()).toString("utf8")) as { readonly traceEvents: TraceEvent[] };
  return tasksOf(trace.traceEvents);
}

function tasksOf(events: readonly TraceEvent[]): Task[] {
  const marked = (name: string): TraceEvent => events.find((event) => event.name === name)!;
  const [begin, end] = [marked(BEGIN), marked(END)];
  const thread = events
    .filter(({ ph, pid, tid }) => ph === "X" && pid === begin.pid && tid === begin.tid)
    .sort((a, b) => a.ts - b.ts);
  const samples = samplesOf(events, begin);
  const tasks = thread.filter(({ name, ts }) => name.endsWith("RunTask") && ts > begin.ts && ts < end.ts);
  return tasks.map(({ ts, dur = 0, tdur = 0 }) => {
    const within = (event: { readonly ts: number }): boolean => event.ts >= ts && event.ts < ts + dur;
    const inside = thread.filter(within);
    const collecting = inside
      .filter(({ name }) => name === "MajorGC" || name === "MinorGC")
      .reduce((sum, event) => sum + (event.tdur ?? event.dur ?? 0), 0);
    return {
      at: (ts - begin.ts) / 1000,
      wall: dur / 1000,
      cpu: (tdur - collecting) / 1000,
      collecting: collecting / 1000,
      ofHost: inside.some(({ args }) => args.data?.url?.endsWith("/host.js") === true),
      parts: partsOf(samples.filter(within)),
    };
  });
}

/** Samples of the thread on which an event was, if there are any. */
function samplesOf(events: readonly TraceEvent[], { pid, tid }: TraceEvent): Sample[] {
  const profile = events.find((event) => event.name === "Profile" && event.pid === pid && event.tid === tid);
  if (!profile) return [];
  const nodes = new Map<number, string>();
  const samples: Sample[] = [];
  let ts = profile.args.data?.startTime ?? profile.ts;
  for (const { args } of events.filter(
    (one) => one.name === "ProfileChunk" && one.pid === pid && one.id === profile.id,
  )) {
    for (const node of args.data?.cpuProfile?.nodes ?? []) nodes.set(node.id, nameOf(node));
    (args.data?.cpuProfile?.samples ?? []).forEach((node, i) => {
      const us = args.data?.timeDeltas?.[i] ?? 0;
      ts += us;
      samples.push({ ts, us, name: nodes.get(node) ?? "(unknown)" });
    });
  }
  return samples;
}

function nameOf({ callFrame: { functionName, url = "", lineNumber = 0 } }: ProfileNode): string {
  const file = url === "" ? "" : ` ${url.slice(url.lastIndexOf("/") + 1)}:${lineNumber + 1}`;
  return `${functionName || "(anonymous)"}${file}`;
}

function partsOf(samples: readonly Sample[]): [string, number][] {
  const parts = new Map<string, number>();
  for (const { name, us } of samples) parts.set(name, (parts.get(name) ?? 0) + us / 1000);
  return [...parts].sort(([, a], [, b]) => b - a);
}
