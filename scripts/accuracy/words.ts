import { matchText } from "../../src/domain/match-key.js";
import { COMMON_NEGATIONS, HARMLESS_WORDS, isNegated, realNegations, type Span } from "../../src/rules/negation.js";

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

const HAN = /^[\u3400-\u9fff]+$/;
const LATIN_WORD = /^[a-z][a-z'’-]*$/;
/** Words that say who, when or how, and nothing of what a complaint is about. */
const EMPTY = new Set([
  ..."的了着过吗呢吧啊呀嘛啦哦哩我你您他她它俺咱们这那哪谁是就都也还又再很太更最在到从把被给让向对和与及或跟".split(""),
  ..."不没未无非别为所以因而但却并且则其之于一二三四五六七八九十几两半多少个只件次天日月年时分点号大小上下里外前后".split(
    "",
  ),
  ..."有要会能可得去来说做叫看着想人家啥咋嗯".split(""),
  ...["我们", "你们", "他们", "人家", "自己", "这个", "那个", "一个", "什么", "怎么", "就是", "不是", "还是", "可是"],
  ...["但是", "虽然", "因为", "所以", "如果", "已经", "现在", "今天", "昨天", "明天", "客户", "客人", "反映", "要求"],
  ...["没有", "知道", "这么", "那么", "多少", "时候", "以后", "之后", "以前", "之前", "结果", "只是", "而且", "东西"],
  ...["本人", "老人", "表示", "来电", "投诉", "问题", "情况", "贵店", "贵司", "贵厂", "贵站", "公司", "可以", "觉得"],
  ...[
    "the",
    "and",
    "for",
    "was",
    "were",
    "are",
    "is",
    "has",
    "have",
    "had",
    "been",
    "with",
    "that",
    "this",
    "you",
    "your",
  ],
  ...["our", "they", "from", "when", "which", "what", "there", "than", "then", "but", "not", "very", "just", "still"],
  ...["after", "before", "will", "would", "could", "should", "about", "into", "them", "their", "said", "says", "told"],
]);

/**
 * The real words and pairs of neighbouring words of a text that may become phrases: two to six Chinese characters, or one or
 * two English words. A pair stands in the text as it is written.
 */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  let last: { readonly word: string; readonly end: number } | undefined;
  for (const { segment, index } of segmenter.segment(matchText(text))) {
    const han = HAN.test(segment);
    if (segment === " " && last && last.end === index) {
      last = { word: last.word, end: index + 1 };
      continue;
    }
    if ((!han && !LATIN_WORD.test(segment)) || EMPTY.has(segment)) {
      last = undefined;
      continue;
    }
    if (han ? segment.length >= 2 && segment.length <= 6 : segment.length >= 4) words.add(segment);
    if (last && last.end === index && HAN.test(last.word) === han) {
      const pair = han ? last.word + segment : `${last.word} ${segment}`;
      if (!han || pair.length <= 6) words.add(pair);
    }
    last = { word: segment, end: index + segment.length };
  }
  return words;
}

/** Whether a word stands in a text, and whether it stands negated wherever it does. */
export function signOf(
  text: string,
  word: string,
  negations: readonly string[] = COMMON_NEGATIONS,
): 1 | -1 | undefined {
  const plain = matchText(text);
  const places = spansOf(plain, [word]);
  if (places.length === 0) return undefined;
  const own = spansOf(plain, negations);
  if (own.length === 0) return 1;
  const real = realNegations(plain, own, spansOf(plain, HARMLESS_WORDS));
  return places.every(({ start, end }) =>
    isNegated(
      plain,
      start,
      real.filter((negation) => !(negation.start >= start && negation.end <= end)),
    ),
  )
    ? -1
    : 1;
}

function spansOf(text: string, words: readonly string[]): Span[] {
  return words.flatMap((word) => {
    const spans: Span[] = [];
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
      spans.push({ start: at, end: at + word.length });
    return spans;
  });
}
