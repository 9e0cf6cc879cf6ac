import { describe, expect, test, vi } from "vitest";
import { deliver, downloadsOn, type FileDoors } from "../../src/taskpane/excel/deliver.js";

/** How files get from the pane to the user. */

const WORKBOOK = { name: "扣款通知单.xlsx", bytes: new Uint8Array(70_000).fill(201) };
const LETTER = { name: "致歉信.docx", bytes: new Uint8Array([1, 2, 3]) };

function doors(downloads: boolean): FileDoors & { readonly opened: string[] } {
  const opened: string[] = [];
  return {
    downloads,
    download: vi.fn(),
    openWorkbook: (base64) => {
      opened.push(base64);
      return Promise.resolve();
    },
    opened,
  };
}

describe("a file", () => {
  test("is downloaded where the web view lets pages save files", async () => {
    const used = doors(true);
    expect(await deliver(LETTER, used)).toBe("saved");
    expect(used.download).toHaveBeenCalledWith(LETTER);
    expect(used.opened).toEqual([]);
  });

  test("that is a workbook opens as a new one where nothing can be downloaded, byte for byte", async () => {
    const used = doors(false);
    expect(await deliver(WORKBOOK, used)).toBe("opened");
    expect(used.download).not.toHaveBeenCalled();
    expect(Buffer.from(used.opened[0]!, "base64").equals(Buffer.from(WORKBOOK.bytes))).toBe(true);
  });

  test("that is a letter is neither there, and that is said", async () => {
    const used = doors(false);
    expect(await deliver(LETTER, used)).toBe("neither");
    expect(await deliver(WORKBOOK, { ...used, openWorkbook: undefined })).toBe("neither");
    expect(used.download).not.toHaveBeenCalled();
  });

  test.each([
    ["OfficeOnline", true],
    ["PC", true],
    ["Mac", false],
    ["iOS", false],
    ["Android", false],
  ])("%s downloads: %s", (platform, expected) => {
    expect(downloadsOn(platform)).toBe(expected);
  });
});
