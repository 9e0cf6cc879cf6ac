/**
 * A score in 满意度 as per cent of the best: 4/5, 80 %, 80分, 3分. A plain number up to 5 is of five, up to 10 of ten, else
 * of a hundred; nothing where the text is no score (满意, 不太满意).
 */
const FRACTION = /^(\d+(?:\.\d+)?)\s*(?:分)?\s*[/／]\s*(\d+)\s*分?$/u;
const NUMBER = /^(\d+(?:\.\d+)?)\s*(%|分|星)?$/u;
const SCALES = [5, 10, 100] as const;

export function satisfactionScore(text: string): number | undefined {
  const plain = text.normalize("NFKC").trim();
  const fraction = FRACTION.exec(plain);
  if (fraction) return percent(Number(fraction[1]), Number(fraction[2]));
  const number = NUMBER.exec(plain);
  if (!number) return undefined;
  const value = Number(number[1]);
  const scale = number[2] === "%" ? 100 : SCALES.find((most) => value <= most);
  return scale === undefined ? undefined : percent(value, scale);
}

function percent(value: number, scale: number): number | undefined {
  return scale > 0 && value <= scale ? Number(((value * 100) / scale).toFixed(6)) : undefined;
}
