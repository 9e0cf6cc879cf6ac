import { WorkbookError } from "../workbook-error.js";
import { decodeCharacters, decodeEntities } from "./escape.js";

/**
 * A small XML part as a tree of offsets into its own text: enough to find things and to patch the text in place, so
 * that whatever is not touched stays as its producer wrote it. Sheet data, which is large, has its own scanner.
 */
export interface XmlAttribute {
  readonly name: string;
  readonly local: string;
  /** Empty for an attribute without prefix. */
  readonly namespace: string;
  readonly value: string;
  /** Offsets of the whole attribute with the white space before it, and of the raw value between its quotes. */
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

export interface XmlElement {
  /** As written, with prefix. */
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  readonly parent: XmlElement | undefined;
  /** Offset of `<`, and just after the `>` of the opening tag. */
  readonly start: number;
  readonly openEnd: number;
  /** Offset of the closing tag's `<` and just after its `>`; of a self-closing element both are `openEnd`. */
  readonly closeStart: number;
  readonly end: number;
  readonly selfClosing: boolean;
  /** Its content has not been looked at; see `parseXml`. */
  readonly sealed: boolean;
}

export interface XmlDocument {
  readonly text: string;
  readonly root: XmlElement;
}

type Draft = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: XmlElement[] };

const MAX_DEPTH = 200;
/** No element of a workbook has as many; each is looked for among the others, so a hundred thousand would take minutes. */
const MAX_ATTRIBUTES = 1000;
/** A tree of more elements takes more than half a gigabyte; what workbooks have many of is scanned, not made a tree of. */
const MAX_ELEMENTS = 200_000;
const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const NAME = /[^\s/>=<"'!?&]+/y;
const SPACE = /\s*/y;

/**
 * Parses a whole document. Throws `WorkbookError` malformed-xml naming `part` if it is not well-formed or holds a
 * document type declaration, which the packaging standard forbids (ECMA-376 part 2, §9.1.4) and attackers use.
 * Elements whose local name is in `sealed` are passed over as a whole: their content stays text, of which `sealedItems`
 * finds the children. Some workbooks have gathered so many formats that a tree of them takes a gigabyte.
 */
export function parseXml(text: string, part: string, sealed?: ReadonlySet<string>): XmlDocument {
  const fail = (offset: number, reason: string): never => {
    throw new WorkbookError("malformed-xml", { part, offset, reason });
  };
  // Told before a tree of hundreds of thousands of elements is built: a million column widths took 6 s and 0.9 GB.
  if (!sealed && hasMoreTags(text, 2 * MAX_ELEMENTS)) throw new WorkbookError("too-much", { part, most: MAX_ELEMENTS });
  const scopes: ReadonlyMap<string, string>[] = [new Map([["xml", XML_NAMESPACE]])];
  let root: XmlElement | undefined;
  let open: Draft | undefined;
  let depth = 0;
  let elements = 0;
  let at = 0;
  const skip = (terminator: string, from: number): number => {
    const found = text.indexOf(terminator, from);
    return found < 0 ? fail(from, `no ${terminator}`) : found + terminator.length;
  };

  for (;;) {
    const start = text.indexOf("<", at);
    if (start < 0) break;
    if (!open && /\S/.test(text.slice(at, start).replace(/^\ufeff/, ""))) fail(at, "text outside the root element");
    if (text.startsWith("<?", start)) {
      at = skip("?>", start);
    } else if (text.startsWith("<!--", start)) {
      at = skip("-->", start + 4);
    } else if (text.startsWith("<![CDATA[", start)) {
      if (!open) fail(start, "CDATA outside the root element");
      at = skip("]]>", start);
    } else if (text.startsWith("<!", start)) {
      fail(start, "document type declaration");
    } else if (text.charCodeAt(start + 1) === 0x2f) {
      const name = matchAt(NAME, text, start + 2) ?? fail(start, "end tag without a name");
      const end = start + 2 + name.length + matchAt(SPACE, text, start + 2 + name.length)!.length;
      if (!open || open.name !== name || text[end] !== ">") return fail(start, `unexpected </${name}>`);
      open.closeStart = start;
      open.end = at = end + 1;
      open = open.parent as Draft | undefined;
      scopes.pop();
      depth--;
    } else {
      if (root && !open) fail(start, "a second root element");
      if (++elements > MAX_ELEMENTS) throw new WorkbookError("too-much", { part, most: MAX_ELEMENTS });
      const name = matchAt(NAME, text, start + 1) ?? fail(start, "tag without a name");
      const attributes: { name: string; start: number; end: number; valueStart: number; valueEnd: number }[] = [];
      let p = start + 1 + name.length;
      let selfClosing = false;
      for (;;) {
        const before = p;
        p += matchAt(SPACE, text, p)!.length;
        if (text[p] === ">") {
          p++;
          break;
        }
        if (text.startsWith("/>", p)) {
          selfClosing = true;
          p += 2;
          break;
        }
        const attribute = matchAt(NAME, text, p) ?? fail(p, `bad tag <${name}`);
        if (before === p) fail(p, "no white space before an attribute");
        p += attribute.length;
        p += matchAt(SPACE, text, p)!.length;
        if (text[p] !== "=") fail(p, `attribute ${attribute} without value`);
        p += 1 + matchAt(SPACE, text, p + 1)!.length;
        const quote = text[p];
        if (quote !== '"' && quote !== "'") fail(p, `attribute ${attribute} without quotes`);
        const close = text.indexOf(quote!, p + 1);
        if (close < 0) fail(p, `attribute ${attribute} without end`);
        if (attributes.some((other) => other.name === attribute)) fail(p, `attribute ${attribute} twice`);
        if (attributes.length >= MAX_ATTRIBUTES) throw new WorkbookError("too-much", { part, most: MAX_ATTRIBUTES });
        attributes.push({ name: attribute, start: before, end: close + 1, valueStart: p + 1, valueEnd: close });
        p = close + 1;
      }

      const value = (a: { valueStart: number; valueEnd: number }): string =>
        decodeEntities(text.slice(a.valueStart, a.valueEnd));
      let scope = scopes.at(-1)!;
      if (attributes.some((a) => a.name === "xmlns" || a.name.startsWith("xmlns:"))) {
        const inner = new Map(scope);
        for (const a of attributes)
          if (a.name === "xmlns") inner.set("", value(a));
          else if (a.name.startsWith("xmlns:")) inner.set(a.name.slice(6), value(a));
        scope = inner;
      }
      const [prefix, local] = splitName(name);
      const element: Draft = {
        name,
        prefix,
        local,
        namespace: scope.get(prefix) ?? "",
        attributes: attributes.map((a) => {
          const [attributePrefix, attributeLocal] = splitName(a.name);
          return {
            ...a,
            local: attributeLocal,
            namespace: attributePrefix === "" ? "" : (scope.get(attributePrefix) ?? ""),
            value: value(a),
          };
        }),
        children: [],
        parent: open,
        start,
        openEnd: p,
        closeStart: p,
        end: p,
        selfClosing,
        sealed: !selfClosing && sealed?.has(local) === true,
      };
      if (open) open.children.push(element);
      else root = element;
      if (element.sealed) {
        element.closeStart = closingTag(text, name, p);
        if (element.closeStart < 0) fail(start, `<${name}> is not closed`);
        at = element.end = text.indexOf(">", element.closeStart) + 1;
        continue;
      }
      if (!selfClosing) {
        if (++depth > MAX_DEPTH) fail(start, "nested too deeply");
        open = element;
        scopes.push(scope);
      }
      at = p;
    }
  }
  if (open) fail(text.length, `<${open.name}> is not closed`);
  if (/\S/.test(text.slice(at).replace(/^\ufeff/, ""))) fail(at, "text outside the root element");
  return { text, root: root ?? fail(0, "no root element") };
}

/** Whether a text has more opening and closing tags than so many. */
function hasMoreTags(text: string, most: number): boolean {
  let tags = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) if (++tags > most) return true;
  return false;
}

/** Offset of the closing tag of this name. */
function closingTag(text: string, name: string, from: number): number {
  const tag = `</${name}`;
  for (let at = text.indexOf(tag, from); at >= 0; at = text.indexOf(tag, at + 1))
    if (/[\s>]/.test(text[at + tag.length] ?? "")) return at;
  return -1;
}

/** Start and end offsets of the children of this name in a sealed element, as they follow each other. */
export function sealedItems({ text }: XmlDocument, element: XmlElement, local: string): Int32Array {
  const name = element.prefix === "" ? local : `${element.prefix}:${local}`;
  const open = `<${name}`;
  let offsets = new Int32Array(1024);
  let count = 0;
  let at = element.openEnd;
  for (;;) {
    at = text.indexOf(open, at);
    if (at < 0 || at >= element.closeStart) break;
    const after = text.charCodeAt(at + open.length);
    if (after > 0x20 && after !== 0x2f && after !== 0x3e) {
      at += open.length;
      continue;
    }
    const openEnd = text.indexOf(">", at) + 1;
    const close = text.charCodeAt(openEnd - 2) === 0x2f ? -1 : closingTag(text, name, openEnd);
    const end = close < 0 ? openEnd : text.indexOf(">", close) + 1;
    if (count + 2 > offsets.length) {
      const wider = new Int32Array(offsets.length * 2);
      wider.set(offsets);
      offsets = wider;
    }
    offsets[count++] = at;
    offsets[count++] = end;
    at = end;
  }
  return offsets.subarray(0, count);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function splitName(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(":");
  return colon < 0 ? ["", name] : [name.slice(0, colon), name.slice(colon + 1)];
}

/** The first child of this local name, whatever its prefix. */
export function child(element: XmlElement | undefined, local: string): XmlElement | undefined {
  return element?.children.find((c) => c.local === local);
}

export function childrenNamed(element: XmlElement | undefined, local: string): XmlElement[] {
  return element?.children.filter((c) => c.local === local) ?? [];
}

/** All descendants of this local name, in document order. */
export function* descendants(element: XmlElement, local: string): Generator<XmlElement> {
  for (const c of element.children) {
    if (c.local === local) yield c;
    yield* descendants(c, local);
  }
}

/** Value of the attribute without prefix. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((a) => a.name === name)?.value;
}

/** Value of an attribute by local name and namespace, e.g. `r:id` under whatever prefix. */
export function attributeIn(element: XmlElement, namespaces: readonly string[], local: string): string | undefined {
  return element.attributes.find((a) => a.local === local && namespaces.includes(a.namespace))?.value;
}

/** `true` and `1` of xsd:boolean. */
export function flag(element: XmlElement, name: string, byDefault = false): boolean {
  const value = attribute(element, name);
  return value === undefined ? byDefault : value === "1" || value === "true";
}

/** The character content between the tags, entities decoded, CDATA unwrapped, comments and markup left out. */
export function textContent(document: XmlDocument, element: XmlElement): string {
  return characterData(document.text.slice(element.openEnd, element.closeStart));
}

/** Character content of a piece of XML that holds no elements of interest. */
export function characterData(raw: string): string {
  if (!raw.includes("<")) return decodeCharacters(raw);
  return raw
    .split(/(<!\[CDATA\[[\s\S]*?\]\]>)/)
    .map((piece) =>
      piece.startsWith("<![CDATA[")
        ? piece.slice(9, -3).replace(/\r\n?/g, "\n")
        : decodeCharacters(piece.replace(/<!--[\s\S]*?-->|<[^>]*>/g, "")),
    )
    .join("");
}
