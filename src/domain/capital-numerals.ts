import { readChineseWhole } from "./numerals.js";
import { fen, type Fen } from "./money.js";

/**
 * Amounts in capital numerals (大写金额), as notices and vouchers need them.
 * Source: 支付结算办法 附一《正确填写票据和结算凭证的基本规定》 items 1–3; 会计基础工作规范 art. 52 (整 after 元 and after 角).
 */

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["仟", "佰", "拾", ""] as const;
const LIMIT_YUAN = 1_000_000_000_000;

/** 140950 fen → 壹仟肆佰零玖元伍角整. Throws RangeError for negative amounts and from one trillion yuan on. */
export function capitalNumerals(amount: Fen): string {
  const yuan = Math.floor(amount / 100);
  if (!Number.isSafeInteger(amount) || amount < 0 || yuan >= LIMIT_YUAN) {
    throw new RangeError(`no capital numerals for ${amount / 100} yuan: wanted 0 to 999,999,999,999.99`);
  }
  const jiao = Math.floor((amount % 100) / 10);
  const cents = amount % 10;
  if (amount === 0) return "零元整";

  const whole = yuan === 0 ? "" : `${wholeNumerals(yuan)}元`;
  // 零 joins a 角 to an amount whose last yuan digit is 0 (1680.32), and a 分 to one without 角 (325.04).
  const joined = yuan > 0 && ((jiao > 0 && yuan % 10 === 0) || (jiao === 0 && cents > 0)) ? "零" : "";
  const fraction = `${jiao > 0 ? `${DIGITS[jiao]!}角` : ""}${cents > 0 ? `${DIGITS[cents]!}分` : "整"}`;
  return whole + joined + fraction;
}

function wholeNumerals(yuan: number): string {
  let text = "";
  for (const [unit, name] of [
    [100_000_000, "亿"],
    [10_000, "万"],
    [1, ""],
  ] as const) {
    const section = Math.floor(yuan / unit) % 10_000;
    if (section === 0) continue;
    // One 零 for any run of zeros before this group of four. A group whose thousands are there needs none (107,000),
    // unless a whole group before it is missing (100,005,000).
    const groupMissing = text !== "" && Math.floor(yuan / unit / 10_000) % 10_000 === 0;
    text += `${text !== "" && (section < 1000 || groupMissing) ? "零" : ""}${sectionNumerals(section)}${name}`;
  }
  return text;
}

function sectionNumerals(section: number): string {
  const digits = String(section).padStart(4, "0");
  let text = "";
  let zeros = false;
  for (const [index, place] of PLACES.entries()) {
    const digit = Number(digits[index]);
    if (digit === 0) {
      zeros = text !== "";
      continue;
    }
    text += `${zeros ? "零" : ""}${DIGITS[digit]!}${place}`;
    zeros = false;
  }
  return text;
}

const AMOUNT = /^(?:(.+?)[元圆圓])?零?(?:(.)角)?零?(?:(.)分)?[整正]?$/;

/**
 * Reads an amount in capital numerals, also with 圆 for 元, 正 for 整, 人民币 before it, everyday numerals (五十元), and with
 * 整 or a 零 left out where the rules leave a choice. Undefined if it is no such amount.
 */
export function readCapitalNumerals(text: string): Fen | undefined {
  const rest = text.replace(/\s+/g, "").replace(/^人民币[::]?/, "");
  const match = AMOUNT.exec(rest);
  if (!match || (match[1] ?? match[2] ?? match[3]) === undefined) return undefined;
  const [, yuan, jiao, cents] = match;
  const values = [yuan, jiao, cents].map((part) => (part === undefined ? 0 : readChineseWhole(part)));
  const [wholeYuan, tenths, hundredths] = values as [number | undefined, number | undefined, number | undefined];
  if (wholeYuan === undefined || tenths === undefined || hundredths === undefined) return undefined;
  if (wholeYuan >= LIMIT_YUAN || tenths > 9 || hundredths > 9) return undefined;
  return fen(wholeYuan * 100 + tenths * 10 + hundredths);
}
