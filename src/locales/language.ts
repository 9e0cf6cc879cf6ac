/** The two languages of the product; zh-CN comes first. */
export type Language = "zh" | "en";

/** A text taken apart at its placeholders. */
interface Template {
  readonly start: string;
  readonly parts: readonly {
    readonly name: string;
    readonly rest: string;
    /** What follows is a stop, beside which that of a value that is a sentence of its own would stand. */
    readonly stops: boolean;
  }[];
}

// A handful of sentences is said on every row of a ledger; taking one apart costs more than filling it.
const templates = new Map<string, Template>();

/** Fills `{name}` placeholders; a placeholder without a value stays visible, so that a mistake is seen. */
export function fill(template: string, params: Readonly<Record<string, string | number>>): string {
  return fillWith(template, (name) => {
    const value = params[name] ?? `{${name}}`;
    return typeof value === "string" && value.includes("\n") ? onOneLine(value) : value;
  });
}

const HAN_END = /\p{Script=Han}$/u;
const HAN_START = /^[\p{Script=Han}（(]/u;

/** A header broken over two lines is one word in a sentence. */
function onOneLine(text: string): string {
  const pieces = text.split(/\s*[\r\n]+\s*/u);
  return pieces.reduce((all, piece) => (HAN_END.test(all) && HAN_START.test(piece) ? all + piece : `${all} ${piece}`));
}

/** Fills `{name}` placeholders with whatever `valueOf` gives. */
export function fillWith(template: string, valueOf: (name: string) => string | number): string {
  let known = templates.get(template);
  if (!known) templates.set(template, (known = takeApart(template)));
  let text = known.start;
  for (const { name, rest, stops } of known.parts) {
    const value = valueOf(name);
    text += `${stops && typeof value === "string" ? value.replace(LAST_STOP, "") : value}${rest}`;
  }
  return text;
}

function takeApart(template: string): Template {
  const [start = "", ...others] = template.split(/\{(\w+)\}/);
  const parts = [];
  for (let i = 0; i < others.length; i += 2) {
    const rest = others[i + 1]!;
    parts.push({ name: others[i]!, rest, stops: STOPS.test(rest) });
  }
  return { start, parts };
}

const STOPS = /^[。.；;，,：:！!？?]/;
const LAST_STOP = /[。.；;，,：:！!？?]+\s*$/;
