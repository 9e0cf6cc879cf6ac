import { once } from "node:events";
import { createWriteStream, mkdirSync, renameSync, rmSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";

/** A folder for what doesn't fit into memory. Nothing in it is anybody's; what is to stay leaves it through the door. */
export class Scratch {
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  subfolder(name: string): string {
    const path = this.path(name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Puts one of its files in the place of another. */
  replace(path: string, by: string): void {
    renameSync(by, path);
  }

  /** A file to write to, e.g. as the end of a stream. */
  stream(name: string): WriteStream {
    return createWriteStream(this.path(name));
  }

  /** A file of lines, to be added to. */
  lines(name: string): LineFile {
    return new LineFile(createWriteStream(this.path(name), { flags: "a" }));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A file that grows by whole lines; whoever writes waits while the disk is behind, and hears that it is full. */
export class LineFile {
  private failed: Error | undefined;

  constructor(private readonly stream: WriteStream) {
    stream.on("error", (error) => {
      this.failed ??= error;
    });
  }

  async put(text: string | Uint8Array): Promise<void> {
    if (this.failed) throw this.failed;
    if (text.length > 0 && !this.stream.write(text)) await once(this.stream, "drain");
  }

  async close(): Promise<void> {
    if (this.failed) throw this.failed;
    this.stream.end();
    await finished(this.stream);
  }
}
