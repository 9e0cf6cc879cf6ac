import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { decodeCharacters, decodeXstring, escapeXml, escapeXstring } from "../../src/ooxml/xml/escape.js";
import { TextPatch } from "../../src/ooxml/xml/patch.js";
import { attribute, parseXml, textContent, type XmlElement } from "../../src/ooxml/xml/tree.js";

describe("escaping", () => {
  it("brings any text back, and gives what any XML parser accepts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const escaped = escapeXstring(text);
        new SaxesParser().write(`<t>${escaped}</t>`).close();
        expect(decodeXstring(decodeCharacters(escaped))).toBe(text);
        new SaxesParser().write(`<t a="${escapeXml(text)}"/>`).close();
      }),
    );
  });
});

describe("the tree of a part", () => {
  const text =
    "\ufeff<?xml version='1.0'?>\r\n<!-- <a> --><r xmlns='urn:m' xmlns:o = 'urn:o'\n a='>' o:a=\"&lt;&#20013;\"><b/><o:b>1 &amp; <![CDATA[<2>]]><!-- x --></o:b ></r>\r\n";

  it("knows names, namespaces, values and where everything stands", () => {
    const document = parseXml(text, "t");
    const [b, ob] = document.root.children as [XmlElement, XmlElement];
    expect(document.root.attributes.map(({ name, namespace, value }) => [name, namespace, value])).toEqual([
      ["xmlns", "", "urn:m"],
      ["xmlns:o", "", "urn:o"],
      ["a", "", ">"],
      ["o:a", "urn:o", "<中"],
    ]);
    expect([b.namespace, ob.namespace, ob.local, ob.prefix]).toEqual(["urn:m", "urn:o", "b", "o"]);
    expect(text.slice(b.start, b.end)).toBe("<b/>");
    expect(text.slice(ob.closeStart, ob.end)).toBe("</o:b >");
    expect(textContent(document, ob)).toBe("1 & <2>");
    expect(attribute(document.root, "b")).toBeUndefined();
  });

  it("agrees with a general parser on what is well-formed", () => {
    const piece = fc.constantFrom(
      "<a>",
      "</a>",
      "<b x='1'>",
      "</b>",
      "<c/>",
      "t",
      "&amp;",
      "<!--x-->",
      "<?p q?>",
      "<d y=",
      '"2">',
      "<![CDATA[<]]>",
      " ",
      "<",
      ">",
    );
    const accepts = (parse: () => void): boolean => {
      try {
        parse();
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const xml = `<a>${pieces.join("")}</a>`;
        const general = accepts(() => new SaxesParser().write(xml).close());
        if (general) expect(accepts(() => parseXml(xml, "t"))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a patch", () => {
  it("changes attributes in their own quotes and leaves the rest as it was", () => {
    const text = "<r  a = 'x'\tb=\"y\" ><c/></r>";
    const { root } = parseXml(text, "t");
    const patch = new TextPatch(text);
    patch.setAttribute(root, "a", "it's <\"");
    patch.removeAttribute(root, "b");
    patch.setAttribute(root, "z", "1");
    patch.append(root.children[0]!, "<d/>");
    expect(patch.apply()).toBe("<r z=\"1\"  a = 'it&apos;s &lt;&quot;' ><c><d/></c></r>");
  });

  it("puts a child where the schema's sequence wants it, looking through alternate content", () => {
    const order = ["cols", "rows", "drawing", "controls", "tables", "ext"];
    const insert = (text: string, local: string): string => {
      const { root } = parseXml(text, "t");
      const patch = new TextPatch(text);
      patch.insertInOrder(root, local, `<${local}/>`, order);
      return patch.apply();
    };
    expect(insert("<r/>", "rows")).toBe("<r><rows/></r>");
    expect(insert("<r><ext/></r>", "rows")).toBe("<r><rows/><ext/></r>");
    expect(insert("<r><cols/><odd/><ext/></r>", "rows")).toBe("<r><cols/><rows/><odd/><ext/></r>");
    expect(
      insert(
        "<r><drawing/><m:AlternateContent><m:Choice><controls/></m:Choice></m:AlternateContent><ext/></r>",
        "tables",
      ),
    ).toBe("<r><drawing/><m:AlternateContent><m:Choice><controls/></m:Choice></m:AlternateContent><tables/><ext/></r>");
  });
});
