/** Gathers small pieces of output in one buffer, so that whatever takes them gets large ones. */
export class ByteSink {
  private readonly buffer = new Uint8Array(1 << 16);
  private used = 0;
  private readonly encoder = new TextEncoder();

  constructor(private readonly emit: (chunk: Uint8Array) => void) {}

  bytes(chunk: Uint8Array): void {
    this.range(chunk, 0, chunk.length);
  }

  /** `source` from `start` to `end`; for a handful of bytes a loop beats a subarray and the call to `set`. */
  range(source: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (length > this.buffer.length - this.used) {
      this.flush();
      if (length > this.buffer.length) {
        this.emit(source.subarray(start, end));
        return;
      }
    }
    const { buffer, used } = this;
    if (length < 64) for (let i = 0; i < length; i++) buffer[used + i] = source[start + i]!;
    else buffer.set(source.subarray(start, end), used);
    this.used = used + length;
  }

  text(text: string): void {
    if (text.length * 3 > this.buffer.length) {
      this.bytes(this.encoder.encode(text));
      return;
    }
    this.reserve(text.length * 3);
    this.used += this.encoder.encodeInto(text, this.buffer.subarray(this.used)).written;
  }

  /** A number in decimal digits, the shortest that read back to the same double. */
  number(value: number): void {
    this.reserve(32);
    if (value >= 0 && value < 1e9 && (value | 0) === value) {
      let length = 1;
      for (let power = 10; power <= value; power *= 10) length++;
      let rest = value | 0;
      for (let i = this.used + length - 1; i >= this.used; i--) {
        const tenth = (rest / 10) | 0;
        this.buffer[i] = 48 + rest - tenth * 10;
        rest = tenth;
      }
      this.used += length;
      return;
    }
    const text = String(value);
    for (let i = 0; i < text.length; i++) this.buffer[this.used++] = text.charCodeAt(i);
  }

  flush(): void {
    if (this.used > 0) this.emit(this.buffer.subarray(0, this.used));
    this.used = 0;
  }

  private reserve(length: number): void {
    if (length > this.buffer.length - this.used) this.flush();
  }
}
