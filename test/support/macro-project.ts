/**
 * A vbaProject.bin as Office keeps macros: a compound file ([MS-CFB] 2) with a VBA project of one module in it ([MS-OVBA]
 * 2.2, 2.3.4.2, 2.4.1). Made here byte for byte, so that no binary of unknown origin lies among the fixtures.
 */
export function macroProject(): Uint8Array {
  const module =
    'Attribute VB_Name = "ThisWorkbook"\r\nPrivate Sub Workbook_Open()\r\n    MsgBox "tiaoli"\r\nEnd Sub\r\n';
  const project =
    'ID="{00000000-0000-0000-0000-000000000000}"\r\nDocument=ThisWorkbook/&H00000000\r\nName="VBAProject"\r\n' +
    'HelpContextID="0"\r\nVersionCompatible32="393222000"\r\n';
  return compoundFile([
    { name: "PROJECT", bytes: ascii(project) },
    { name: "dir", bytes: compressed(dirRecords("ThisWorkbook")) },
    { name: "_VBA_PROJECT", bytes: new Uint8Array([0xcc, 0x61, 0xff, 0xff, 0, 0, 0]) },
    { name: "ThisWorkbook", bytes: compressed(ascii(module)) },
  ]);
}

const ascii = (text: string): Uint8Array => Buffer.from(text, "latin1");
const wide = (text: string): Uint8Array => Buffer.from(text, "utf16le");
const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(parts));

function u16(value: number): Uint8Array {
  return new Uint8Array([value & 255, value >> 8]);
}

function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const record = (id: number, content: Uint8Array): Uint8Array => joined([u16(id), u32(content.length), content]);

/** The records of the stream `dir`: the project, and its one module with its source from the first byte on. */
function dirRecords(module: string): Uint8Array {
  const none = new Uint8Array();
  return joined([
    record(0x01, u32(1)),
    record(0x02, u32(0x409)),
    record(0x14, u32(0x409)),
    record(0x03, u16(1252)),
    record(0x04, ascii("VBAProject")),
    ...[0x05, 0x40, 0x06, 0x3d].map((id) => record(id, none)),
    record(0x07, u32(0)),
    record(0x08, u32(0)),
    // PROJECTVERSION says 4 and is 6 long.
    joined([u16(0x09), u32(4), u32(1), u16(0)]),
    ...[0x0c, 0x3c].map((id) => record(id, none)),
    record(0x0f, u16(1)),
    record(0x13, u16(0xffff)),
    record(0x19, ascii(module)),
    record(0x47, wide(module)),
    record(0x1a, ascii(module)),
    record(0x32, wide(module)),
    ...[0x1c, 0x48].map((id) => record(id, none)),
    record(0x31, u32(0)),
    record(0x1e, u32(0)),
    record(0x2c, u16(0xffff)),
    record(0x22, none),
    record(0x2b, none),
    record(0x10, none),
  ]);
}

/** The container of [MS-OVBA] 2.4.1 in one chunk of literals. */
function compressed(bytes: Uint8Array): Uint8Array {
  const tokens: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 8) tokens.push(new Uint8Array([0]), bytes.subarray(at, at + 8));
  const data = joined(tokens);
  return joined([new Uint8Array([1]), u16(0xb000 | (data.length + 2 - 3)), data]);
}

const SECTOR = 512;
const MINI = 64;
const END = 0xfffffffe;
const FREE = 0xffffffff;

interface Stream {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** PROJECT beside the storage VBA, which holds the other three; all in the mini stream, for each is below 4096 bytes. */
function compoundFile(streams: readonly [Stream, Stream, Stream, Stream]): Uint8Array {
  const mini: number[] = [];
  const starts = streams.map(({ bytes }) => {
    const start = mini.length;
    const count = Math.ceil(bytes.length / MINI);
    for (let i = 1; i < count; i++) mini.push(start + i);
    mini.push(END);
    return start;
  });
  const container = padded(joined(streams.map(({ bytes }) => padded(bytes, MINI))), SECTOR);
  const sectors = container.length / SECTOR;
  // FAT, two of the directory, mini FAT, mini stream.
  const chain = Array.from({ length: sectors }, (_, i) => (i === sectors - 1 ? END : 5 + i));
  const fat = [0xfffffffd, 2, END, END, ...chain];
  const of = (i: number): object => ({ start: starts[i], size: streams[i]!.bytes.length, type: 2 });
  const directory = [
    entry("Root Entry", { type: 5, child: 1, start: 4, size: mini.length * MINI }),
    entry("VBA", { type: 1, child: 5, right: 2 }),
    entry("PROJECT", of(0)),
    entry("dir", of(1)),
    entry("_VBA_PROJECT", of(2)),
    entry("ThisWorkbook", { ...of(3), left: 3, right: 4 }),
    entry("", {}),
    entry("", {}),
  ];
  return joined([header(), table(fat), ...directory, table(mini), container]);
}

function header(): Uint8Array {
  const bytes = Buffer.alloc(SECTOR, 0xff);
  bytes.fill(0, 8, 76);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  // Versions, little end first, sizes of sectors as powers of two.
  [0x3e, 3, 0xfffe, 9, 6].forEach((value, i) => bytes.writeUInt16LE(value, 24 + 2 * i));
  bytes.writeUInt32LE(1, 44);
  bytes.writeUInt32LE(1, 48);
  bytes.writeUInt32LE(4096, 56);
  bytes.writeUInt32LE(3, 60);
  bytes.writeUInt32LE(1, 64);
  bytes.writeUInt32LE(END, 68);
  bytes.writeUInt32LE(0, 76);
  return bytes;
}

/** A sector of numbers of the next sectors. */
function table(next: readonly number[]): Uint8Array {
  return joined([...next, ...Array.from({ length: SECTOR / 4 - next.length }, () => FREE)].map(u32));
}

function entry(
  name: string,
  over: { type?: number; child?: number; left?: number; right?: number; start?: number; size?: number },
): Uint8Array {
  const { type = 0, child = FREE, left = FREE, right = FREE, start = 0, size = 0 } = over;
  const bytes = Buffer.alloc(128);
  bytes.set(wide(name));
  bytes.writeUInt16LE(name === "" ? 0 : 2 * name.length + 2, 64);
  bytes[66] = type;
  // Black.
  bytes[67] = 1;
  [left, right, child].forEach((value, i) => bytes.writeUInt32LE(value, 68 + 4 * i));
  bytes.writeUInt32LE(start, 116);
  bytes.writeUInt32LE(size, 120);
  return bytes;
}

function padded(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(Math.ceil(bytes.length / size) * size);
  result.set(bytes);
  return result;
}
