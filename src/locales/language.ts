/** The two languages of the product; zh-CN comes first. */
export type Language = "zh" | "en";

/** Fills `{name}` placeholders; a placeholder without a value stays visible, so that a mistake is seen. */
export function fill(template: string, params: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : String(value);
  });
}
