/** The two languages of the product; zh-CN comes first. */
export type Language = "zh" | "en";

/** Texts between placeholders and the names in these, alternately. */
type Template = readonly string[];

// A handful of sentences is said on every row of a ledger; taking one apart costs more than filling it.
const templates = new Map<string, Template>();

/** Fills `{name}` placeholders; a placeholder without a value stays visible, so that a mistake is seen. */
export function fill(template: string, params: Readonly<Record<string, string | number>>): string {
  return fillWith(template, (name) => params[name] ?? `{${name}}`);
}

/** Fills `{name}` placeholders with whatever `valueOf` gives. */
export function fillWith(template: string, valueOf: (name: string) => string | number): string {
  let parts = templates.get(template);
  if (!parts) templates.set(template, (parts = template.split(/\{(\w+)\}/)));
  let text = parts[0]!;
  for (let i = 1; i < parts.length; i += 2) {
    const value = valueOf(parts[i]!);
    const rest = parts[i + 1]!;
    text += `${typeof value === "string" && STOPS.test(rest) ? value.replace(LAST_STOP, "") : value}${rest}`;
  }
  return text;
}

/** What follows a placeholder and would stand beside the full stop of a value that is a sentence of its own. */
const STOPS = /^[。.；;，,：:！!？?]/;
const LAST_STOP = /[。.；;，,：:！!？?]+\s*$/;
