import { matchText } from "../../domain/match-key.js";

/**
 * Characters that say who, when, how or how much, and alone nothing of what a complaint is about: an auditor could not
 * say why 没 or 就 should speak for a label. 霉, 锈 or 漏 are words of their own and may stand alone.
 */
const EMPTY_HAN: ReadonlySet<string> = new Set(
  [
    "的了着过吧啊呀嘛啦哦哩呗我你您他她它俺咱这那谁啥咋是就都也还又再很太更最在到从把被给让向对和与及或跟",
    "没不无未非为所以因而但却并且则其之于一二三四五六七八九十两半个只天日月年时分号大小多上下里外前后",
    "有要会能可得去来做叫看想人家说讲问打用气经致货订条包件套台批物方即",
  ].flatMap((line) => line.split("")),
);

/** Characters that stay empty when several stand together: 就不, 又再, 我的. */
const EVER_EMPTY: ReadonlySet<string> = new Set(
  "的了着过吗呢吧啊呀嘛我你您他她它俺咱这那是就都也还又再很太更最在从把向对和与及".split(""),
);

const NUMERALS: ReadonlySet<string> = new Set("一二三四五六七八九十两几半".split(""));

/** A word may begin with these, but what ends with one is half of something: 说不, 却没. */
const NEVER_LAST: ReadonlySet<string> = new Set("不没才只便".split(""));

/** English words of which the same holds; `where`, `never` or `late` are not among them. */
const EMPTY_ENGLISH: ReadonlySet<string> = new Set(
  [
    "a an the and or but if as of on in at to for from with by is are was were be been am has have had do does did i we he",
    "she it they me us him her them my our your his their its this that these those there here will would can could should",
    "may so than then just only very too also after before again even one two three four five six seven eight nine ten new",
    "use used using got get come came make made take took go went put first",
  ].flatMap((line) => line.split(" ")),
);

/** Whether a stretch of a text reads as a word: it neither begins nor ends in the middle of what is said (子一, 价和, 就掉, and my). */
export function readsAsWord(text: string): boolean {
  if (isEmptyPhrase(text)) return false;
  if (/[a-z]/.test(text)) return true;
  const [first, last] = [text.charAt(0), text.charAt(text.length - 1)];
  return [first, last].every((one) => !EVER_EMPTY.has(one) && !NUMERALS.has(one)) && !NEVER_LAST.has(last);
}

/** Whether a phrase is a fragment that nobody could defend as evidence for a label. Case and width don't matter. */
export function isEmptyPhrase(phrase: string): boolean {
  const text = matchText(phrase).trim();
  if (/^[a-z' ]+$/.test(text)) {
    const words = text.split(/\s+/);
    return words.every((word) => EMPTY_ENGLISH.has(word));
  }
  const characters = text.split("");
  return characters.length === 1
    ? EMPTY_HAN.has(characters[0]!)
    : characters.every((character) => EVER_EMPTY.has(character));
}
