/** Occurrences found in one text, reused from text to text so that scanning allocates nothing. */
export class Occurrences {
  count = 0;
  /** Index of the pattern of each occurrence, in the order in which occurrences end. */
  patterns = new Int32Array(64);
  /** Where each occurrence starts and ends (exclusive), in UTF-16 units. */
  starts = new Int32Array(64);
  ends = new Int32Array(64);

  clear(): void {
    this.count = 0;
  }

  push(pattern: number, start: number, end: number): void {
    if (this.count === this.patterns.length) this.grow();
    this.patterns[this.count] = pattern;
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count += 1;
  }

  private grow(): void {
    this.patterns = doubled(this.patterns);
    this.starts = doubled(this.starts);
    this.ends = doubled(this.ends);
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(array.length * 2);
  longer.set(array);
  return longer;
}

/** No pattern. */
const NONE = -1;

/*
 * What is kept of a node, side by side: a text leads from node to node all over the automaton, and what is side by side
 * comes from memory at once. `CLASS_IN`: of the character by which it is entered; `FAIL`: the longest proper suffix of its
 * text that is itself a node; `PATTERN`: the longest pattern that ends here, be it a suffix only.
 */
const NODE = 4;
const PARENT = 0;
const CLASS_IN = 1;
const FAIL = 2;
const PATTERN = 3;

/* What is kept of a pattern. `SHORTER`: the next one, a suffix of it, that ends where it does. */
const ENTRY = 2;
const LENGTH = 0;
const SHORTER = 1;

/**
 * Finds all occurrences of many patterns in one pass (Aho and Corasick 1975), in typed arrays: a pack has thousands of
 * phrases, and every run builds this anew.
 *
 * It compares UTF-16 units, exactly as `String.prototype.includes` does. Characters that occur in no pattern (most, in a
 * Chinese text) lead straight back to the root; the others lead to a child, found in a hash table (a node like 不 has
 * hundreds), or along the failure link.
 */
export class AhoCorasick {
  private readonly classOf = new Uint16Array(65_536);
  /** The root's children by class; it has far more of them than any other node. */
  private readonly fromRoot: Int32Array;
  /** All other nodes by parent and class, in an open hash table at most half full. Node 0 is the root, and stands for none. */
  private readonly slots: Int32Array;
  private readonly nodes: Int32Array;
  private readonly patterns: Int32Array;

  /** Patterns are numbered by their position; none may be empty and no two equal. */
  constructor(patterns: readonly string[]) {
    const classes = this.numberClasses(patterns);
    let most = 1;
    for (const pattern of patterns) most += pattern.length;
    this.fromRoot = new Int32Array(classes + 1);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * most)));
    this.nodes = new Int32Array(most * NODE);
    this.patterns = new Int32Array(patterns.length * ENTRY);
    const depths = new Int32Array(most);
    this.nodes[PATTERN] = NONE;
    const count = this.growTrie(patterns, depths);
    this.linkFailures(byDepth(depths, count));
  }

  /** Adds every occurrence of every pattern in the text to `found`. */
  scan(text: string, found: Occurrences): void {
    const { classOf, nodes, patterns } = this;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const cls = classOf[text.charCodeAt(i)]!;
      if (cls === 0) {
        state = 0;
        continue;
      }
      let next = this.child(state, cls);
      while (next === 0 && state !== 0) {
        state = nodes[state * NODE + FAIL]!;
        next = this.child(state, cls);
      }
      state = next;
      let pattern = nodes[state * NODE + PATTERN]!;
      while (pattern !== NONE) {
        const at = pattern * ENTRY;
        found.push(pattern, i + 1 - patterns[at + LENGTH]!, i + 1);
        pattern = patterns[at + SHORTER]!;
      }
    }
  }

  /** The child of a node by a class; 0 if it has none. */
  private child(node: number, cls: number): number {
    return node === 0 ? this.fromRoot[cls]! : this.slots[this.slotOf(node, cls)]!;
  }

  /** Where the child of a node by a class stands in the table, or would stand. */
  private slotOf(node: number, cls: number): number {
    const { slots, nodes } = this;
    const mask = slots.length - 1;
    // Neighbouring nodes and classes are far from each other under this multiplier (the golden ratio's).
    const mixed = Math.imul(Math.imul(node, 0x9e3779b1) ^ cls, 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (let child = slots[slot]!; child !== 0; child = slots[slot]!) {
      const at = child * NODE;
      if (nodes[at + PARENT] === node && nodes[at + CLASS_IN] === cls) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private numberClasses(patterns: readonly string[]): number {
    const { classOf } = this;
    let classes = 0;
    for (const pattern of patterns) {
      if (pattern === "") throw new Error("an empty pattern occurs everywhere");
      for (let i = 0; i < pattern.length; i++) {
        const code = pattern.charCodeAt(i);
        if (classOf[code] === 0) classOf[code] = ++classes;
      }
    }
    return classes;
  }

  /** Adds a path for each pattern, notes how deep its nodes lie and gives the number of nodes. */
  private growTrie(patterns: readonly string[], depths: Int32Array): number {
    let count = 1;
    for (let number = 0; number < patterns.length; number++) {
      const pattern = patterns[number]!;
      let node = 0;
      for (let i = 0; i < pattern.length; i++) {
        const cls = this.classOf[pattern.charCodeAt(i)]!;
        const slot = node === 0 ? cls : this.slotOf(node, cls);
        const table = node === 0 ? this.fromRoot : this.slots;
        let child = table[slot]!;
        if (child === 0) {
          child = count++;
          this.addNode(child, node, cls);
          depths[child] = i + 1;
          table[slot] = child;
        }
        node = child;
      }
      this.nodes[node * NODE + PATTERN] = number;
      this.patterns[number * ENTRY + LENGTH] = pattern.length;
    }
    return count;
  }

  private addNode(node: number, parent: number, cls: number): void {
    const at = node * NODE;
    this.nodes[at + PARENT] = parent;
    this.nodes[at + CLASS_IN] = cls;
    this.nodes[at + PATTERN] = NONE;
  }

  /** Breadth first: the suffix of a child is the child of a suffix of its parent, which is shorter and so known already. */
  private linkFailures(order: Int32Array): void {
    const { nodes, patterns } = this;
    for (let i = 0; i < order.length; i++) {
      const at = order[i]! * NODE;
      const above = nodes[at + PARENT]!;
      const own = nodes[at + PATTERN]!;
      const link = above === 0 ? 0 : this.suffixOf(above, nodes[at + CLASS_IN]!);
      nodes[at + FAIL] = link;
      const shorter = nodes[link * NODE + PATTERN]!;
      if (own === NONE) nodes[at + PATTERN] = shorter;
      else patterns[own * ENTRY + SHORTER] = shorter;
    }
  }

  /** The node of the longest proper suffix of a node's child by a class. */
  private suffixOf(above: number, cls: number): number {
    let suffix = this.nodes[above * NODE + FAIL]!;
    while (suffix !== 0 && this.child(suffix, cls) === 0) suffix = this.nodes[suffix * NODE + FAIL]!;
    return this.child(suffix, cls);
  }
}

/** All nodes but the root, the shallow ones first. */
function byDepth(depths: Int32Array, count: number): Int32Array {
  let deepest = 0;
  for (let node = 1; node < count; node++) deepest = Math.max(deepest, depths[node]!);
  const next = new Int32Array(deepest + 2);
  for (let node = 1; node < count; node++) next[depths[node]! + 1]! += 1;
  for (let d = 1; d < next.length; d++) next[d]! += next[d - 1]!;
  const order = new Int32Array(count - 1);
  for (let node = 1; node < count; node++) order[next[depths[node]!]!++] = node;
  return order;
}
