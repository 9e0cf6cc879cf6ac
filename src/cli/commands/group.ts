import { realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { isoTime } from "../../domain/wall-time.js";
import { openFileLedger, type FileLedger } from "../../ledger/file/file-ledger.js";
import type { MemberWrite } from "../../ledger/port.js";
import { judgeLedger, mayWrite, type MayWrite } from "../../jobs/judge-ledger.js";
import { jobsText } from "../../jobs/texts.js";
import { nodeCodec } from "../../ooxml/node-codec.js";
import { groupJson } from "../../process/outcome-json.js";
import { CliError } from "../cli-error.js";
import { JUDGE_OPTIONS, judgeArguments, type Call, type Command, type JudgeArguments } from "../command.js";
import { DoorError } from "../door/door-error.js";
import { letOut } from "../door/door.js";
import type { Reading } from "../door/reading.js";
import { openMembers, whyText, type OpenedGroup } from "../group/open-group.js";
import type { Why } from "../group/member-file.js";
import { MemberThreads } from "../group/member-threads.js";
import { isOpenMark, scanFolder } from "../group/scan-folder.js";
import { threadsOf } from "../threads-option.js";
import { judgeOptions, loadAllRules, loadLedgerRules } from "../ledger-rules.js";
import { Progress, type Terminal } from "../terminal.js";
import { explained, openWorkbook } from "../workbook-file.js";
import { showStatusesAndMoney } from "../show-outcome.js";

interface GroupArguments extends JudgeArguments {
  readonly folder: string;
  readonly workbook: string;
  readonly numbers: string | undefined;
  readonly threads: number | undefined;
}

export const command: Command = {
  usage: "group <DIR>",
  help: "help.group",
  options: [
    { flags: "-o, --output <GROUP.xlsx>", help: "help.group-output" },
    { flags: "--numbers <each|all>", help: "help.numbers" },
    { flags: "--threads <N>", help: "help.threads" },
    ...JUDGE_OPTIONS,
  ],
  run: (call) => new GroupRun(argumentsOf(call), call.terminal).run(),
};

/** Where nobody says otherwise. */
const WORKBOOK = "集团汇总.xlsx";
/** Files that change while they are judged are read again; who changes one for the third time is left out. */
const ATTEMPTS = 3;

function argumentsOf(call: Call): GroupArguments {
  const folder = call.argument;
  const numbers = call.option("numbers");
  if (numbers !== undefined && numbers !== "each" && numbers !== "all")
    throw new CliError(call.terminal.text("numbers.unknown", { value: numbers }));
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new CliError(call.terminal.text("group.no-folder", { folder }));
  return {
    folder,
    workbook: resolve(call.option("output") ?? join(folder, WORKBOOK)),
    numbers,
    threads: threadsOf(call),
    ...judgeArguments(call),
  };
}

/** The group's workbook as it is, or as it would be begun. */
interface OwnWorkbook {
  readonly ledger: FileLedger;
  readonly bytes: Uint8Array;
  readonly reading: Reading | undefined;
}

/** What an attempt came to. */
interface Attempt {
  readonly leave: MayWrite;
  readonly opened: OpenedGroup;
  readonly written: number;
  /** Files that could not be replaced. */
  readonly failed: ReadonlyMap<string, { readonly why: Why; readonly changed: boolean }>;
}

/**
 * `group`: every workbook of a folder judged as one ledger. 1 if a row is 数据有误 or a file could not be read.
 *
 * Members are written first and the group's workbook, which holds the book, last: a run that is ended anywhere leaves files
 * that are old or new, nothing posted that no file knows, and the next run ends the work.
 */
class GroupRun {
  private readonly progress: Progress;

  constructor(
    private readonly args: GroupArguments,
    private readonly terminal: Terminal,
  ) {
    this.progress = new Progress(terminal);
  }

  async run(): Promise<number> {
    const { args, terminal } = this;
    const { workbooks, oldFormat, others } = scanFolder(args.folder);
    const files = workbooks.filter((file) => !isSame(join(args.folder, file), args.workbook));
    if (files.length === 0) throw new CliError(terminal.text("group.no-files", { folder: args.folder }));
    const refused = new Map<string, Why>(
      oldFormat.map((file) => [file, { text: jobsText(terminal.language, "group.old-format") }]),
    );
    const threads = new MemberThreads(files.length, args.threads, terminal);
    try {
      for (let left = ATTEMPTS; ; left--) {
        const own = await this.own();
        const attempt = await this.attempt(own, { files: [...files, ...oldFormat], refused }, threads);
        // Who is changed again and again, or can't be replaced, is judged without.
        for (const [file, { why, changed }] of attempt.failed) if (!changed || left <= 2) refused.set(file, why);
        if (attempt.failed.size > 0 && left > 1) continue;
        if (this.writeOwn(attempt.leave, own) || left <= 1) return this.report(attempt, others);
      }
    } finally {
      await threads.close();
      this.progress.done();
    }
  }

  /** The group's workbook; where there is none, an empty one. */
  private async own(): Promise<OwnWorkbook> {
    const { args, terminal } = this;
    if (statSync(args.workbook, { throwIfNoEntry: false })) {
      const { ledger, bytes, reading } = openWorkbook(args.workbook, terminal);
      return { ledger, bytes, reading };
    }
    const { packs } = await loadAllRules(args.rules, terminal);
    const { newGroupLedger } = await import("../../documents/new-ledger.js");
    const bytes = await newGroupLedger([...packs.values()], terminal.language);
    return { bytes, ledger: openFileLedger(bytes, { codec: nodeCodec }), reading: undefined };
  }

  private async attempt(
    own: OwnWorkbook,
    given: { readonly files: readonly string[]; readonly refused: ReadonlyMap<string, Why> },
    threads: MemberThreads,
  ): Promise<Attempt> {
    const { args, terminal, progress } = this;
    progress.step("progress.group-reading", { files: given.files.length });
    const folder = {
      workbook: args.workbook,
      folder: args.folder,
      sheet: args.sheet,
      packsReplaced: args.rules !== undefined || args.workbookRules === "ignore",
      now: args.now,
      numbersOverAll: args.numbers === undefined ? undefined : args.numbers === "all",
    };
    const opened = await openMembers(own.ledger.snapshot, folder, given, threads, terminal);
    if (opened.files.size === 0) throw new CliError(noneText(opened, args.folder, terminal));
    const { snapshot } = opened;
    const rules = await loadLedgerRules({ ledger: { snapshot }, bytes: own.bytes }, args, terminal);
    progress.step("progress.judging", { rows: snapshot.rows.length });
    const leave = mayWrite(await judgeLedger(snapshot, judgeOptions(rules, args, terminal)));
    const failed = await this.writeMembers(leave, leave.write?.members ?? [], opened, threads);
    return { leave, opened, failed, written: (leave.write?.members ?? []).length - failed.size };
  }

  private async writeMembers(
    leave: MayWrite,
    members: readonly MemberWrite[],
    { files, snapshot }: OpenedGroup,
    threads: MemberThreads,
  ): Promise<Attempt["failed"]> {
    const { args, terminal, progress } = this;
    const failed = new Map<string, { readonly why: Why; readonly changed: boolean }>();
    const given = new Map(snapshot.group?.members.map(({ source, file }) => [source, file]));
    const tasks = members.map(({ source, write }) => ({ ...files.get(source)!, sheet: args.sheet, write, source }));
    const language = terminal.language;
    await threads.write(
      tasks.map(({ path, reading, sheet, write }) => ({ path, reading, sheet, write, language })),
      (made, i) => {
        const { path, reading, source } = tasks[i]!;
        progress.step("progress.group-writing", { done: i + 1, of: tasks.length });
        const fail = (why: Why, changed: boolean): void => void failed.set(within(args.folder, path), { why, changed });
        if (made.kind === "failed") fail(made.why, false);
        else if (made.kind === "changed") fail({ key: "group.changed", params: {} }, true);
        else if (made.changedCells > 0)
          this.replace(leave, { path, reading, bytes: made.bytes, file: given.get(source) ?? path }, fail);
      },
    );
    return failed;
  }

  private replace(
    leave: MayWrite,
    member: { readonly path: string; readonly reading: Reading; readonly bytes: Uint8Array; readonly file: string },
    fail: (why: Why, changed: boolean) => void,
  ): void {
    const { path, reading, bytes } = member;
    try {
      const remarks = letOut({ leave, path, bytes, place: "in-place", read: [reading] });
      for (const { key, params } of remarks) this.terminal.warn(this.terminal.text(key, params));
    } catch (error) {
      if (!(error instanceof DoorError)) throw error;
      fail({ key: error.key, params: error.params }, error.key === "file.changed");
    }
  }

  /** False where somebody changed the group's workbook meanwhile: then it is judged anew. */
  private writeOwn(leave: MayWrite, { ledger, bytes: original, reading }: OwnWorkbook): boolean {
    const { args, terminal } = this;
    const { write } = leave;
    if (write === undefined && reading !== undefined) return true;
    const bytes = write === undefined ? original : explained(args.workbook, terminal, () => ledger.write(write)).bytes;
    if (bytes === original && reading !== undefined) return true;
    try {
      letOut({
        ...{ leave, path: args.workbook, bytes },
        ...(reading ? { place: "in-place", read: [reading] } : { place: "new", read: [] }),
      });
      return true;
    } catch (error) {
      if (!(error instanceof DoorError)) throw error;
      if (error.key === "file.changed") return false;
      throw new CliError(terminal.text(error.key, error.params));
    }
  }

  private report({ leave, opened, written, failed }: Attempt, others: readonly string[]): number {
    const { args, terminal, progress } = this;
    progress.done();
    const { outcome } = leave.ledger;
    const members = opened.snapshot.group?.members ?? [];
    const unread = [
      ...opened.unread.map(({ file, why }) => ({ file, why })),
      ...[...failed].map(([file, { why }]) => ({ file, why: whyText(why, terminal) })),
    ];
    terminal.document(
      groupJson(outcome, filesBySheet(opened.snapshot), new Map(members.map((m) => [m.source, m.file])), {
        workbook: args.workbook,
        files: {
          read: members.length,
          written,
          unchanged: members.length - written,
          unread,
          passedOver: passedOver(others, terminal),
        },
      }),
    );
    const { summary } = outcome;
    terminal.say("group.files", {
      files: members.length,
      rows: summary.rows,
      now: isoTime(args.now).slice(0, 16).replace("T", " "),
    });
    showStatusesAndMoney(outcome, terminal);
    for (const { text, file, row, level } of outcome.messages)
      if (row === undefined && level !== "info" && file === undefined) terminal.line(`  ! ${text}`);
    terminal.say("group.written", { written, unchanged: members.length - written, file: args.workbook });
    if (unread.length > 0) terminal.say("group.unread-count", { count: unread.length });
    const [first] = passedOver(others, terminal);
    if (first) terminal.say("group.passed-over", { count: others.length, ...first });
    return summary.faultyRows > 0 || unread.length > 0 ? 1 : 0;
  }
}

/** Files that are no workbooks, each with the reason why it was not read. */
function passedOver(files: readonly string[], terminal: Terminal): { readonly file: string; readonly why: string }[] {
  return files.map((file) => ({
    file,
    why: terminal.text(isOpenMark(file) ? "group.open-mark" : "group.no-workbook"),
  }));
}

/** Its file by the sheet of a row; the group's own workbook has none. */
function filesBySheet({ group }: OpenedGroup["snapshot"]): readonly string[] {
  const { members = [], sheetOwners = [] } = group ?? {};
  return sheetOwners.map((owner) => members[owner - 1]?.file ?? "");
}

function noneText({ unread }: OpenedGroup, folder: string, terminal: Terminal): string {
  const [first] = unread;
  return first
    ? terminal.text("group.none-read", { folder, count: unread.length, file: first.file, why: first.why })
    : terminal.text("group.no-files", { folder });
}

function within(folder: string, path: string): string {
  return path.slice(resolve(folder).length + 1).replaceAll("\\", "/");
}

function isSame(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return resolve(one) === resolve(other);
  }
}
