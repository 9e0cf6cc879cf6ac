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

/** No pattern ends at this node. */
const NONE = -1;

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
  private readonly parent: Int32Array;
  /** Class of the character by which a node is entered. */
  private readonly classIn: Uint16Array;
  private readonly depth: Int32Array;
  /** The longest proper suffix of a node's text that is itself a node. */
  private readonly fail: Int32Array;
  private readonly patternAt: Int32Array;
  /** The nearest node along the failure links at which a pattern ends. */
  private readonly nextOutput: Int32Array;
  private readonly lengths: Int32Array;

  /** Patterns are numbered by their position; none may be empty and no two equal. */
  constructor(patterns: readonly string[]) {
    const classes = this.numberClasses(patterns);
    let most = 1;
    for (const pattern of patterns) most += pattern.length;
    this.fromRoot = new Int32Array(classes + 1);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * most)));
    this.parent = new Int32Array(most);
    this.classIn = new Uint16Array(most);
    this.depth = new Int32Array(most);
    this.fail = new Int32Array(most);
    this.patternAt = new Int32Array(most).fill(NONE);
    this.nextOutput = new Int32Array(most);
    this.lengths = new Int32Array(patterns.length);
    for (let i = 0; i < patterns.length; i++) this.lengths[i] = patterns[i]!.length;
    this.linkFailures(this.growTrie(patterns));
  }

  /** Adds every occurrence of every pattern in the text to `found`. */
  scan(text: string, found: Occurrences): void {
    const { classOf, fail, patternAt, nextOutput, lengths } = this;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const cls = classOf[text.charCodeAt(i)]!;
      if (cls === 0) {
        state = 0;
        continue;
      }
      let next = this.child(state, cls);
      while (next === 0 && state !== 0) {
        state = fail[state]!;
        next = this.child(state, cls);
      }
      state = next;
      let output = patternAt[state] === NONE ? nextOutput[state]! : state;
      while (output !== 0) {
        const pattern = patternAt[output]!;
        found.push(pattern, i + 1 - lengths[pattern]!, i + 1);
        output = nextOutput[output]!;
      }
    }
  }

  /** The child of a node by a class; 0 if it has none. */
  private child(node: number, cls: number): number {
    return node === 0 ? this.fromRoot[cls]! : this.slots[this.slotOf(node, cls)]!;
  }

  /** Where the child of a node by a class stands in the table, or would stand. */
  private slotOf(node: number, cls: number): number {
    const { slots, parent, classIn } = this;
    const mask = slots.length - 1;
    // Neighbouring nodes and classes are far from each other under this multiplier (the golden ratio's).
    const mixed = Math.imul(Math.imul(node, 0x9e3779b1) ^ cls, 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (let child = slots[slot]!; child !== 0; child = slots[slot]!) {
      if (parent[child] === node && classIn[child] === cls) return slot;
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

  /** Adds a path for each pattern and gives the number of nodes. */
  private growTrie(patterns: readonly string[]): number {
    let nodes = 1;
    for (let number = 0; number < patterns.length; number++) {
      const pattern = patterns[number]!;
      let node = 0;
      for (let i = 0; i < pattern.length; i++) {
        const cls = this.classOf[pattern.charCodeAt(i)]!;
        const slot = node === 0 ? cls : this.slotOf(node, cls);
        const table = node === 0 ? this.fromRoot : this.slots;
        let child = table[slot]!;
        if (child === 0) {
          child = nodes++;
          this.parent[child] = node;
          this.classIn[child] = cls;
          this.depth[child] = i + 1;
          table[slot] = child;
        }
        node = child;
      }
      this.patternAt[node] = number;
    }
    return nodes;
  }

  /** Breadth first: the suffix of a child is the child of a suffix of its parent, which is shorter and so known already. */
  private linkFailures(nodes: number): void {
    const { parent, classIn, fail, patternAt, nextOutput } = this;
    for (const node of this.byDepth(nodes)) {
      const above = parent[node]!;
      if (above === 0) continue;
      const cls = classIn[node]!;
      let suffix = fail[above]!;
      while (suffix !== 0 && this.child(suffix, cls) === 0) suffix = fail[suffix]!;
      const link = this.child(suffix, cls);
      fail[node] = link;
      nextOutput[node] = patternAt[link] === NONE ? nextOutput[link]! : link;
    }
  }

  /** All nodes but the root, the shallow ones first. */
  private byDepth(nodes: number): Int32Array {
    const { depth } = this;
    let deepest = 0;
    for (let node = 1; node < nodes; node++) deepest = Math.max(deepest, depth[node]!);
    const next = new Int32Array(deepest + 2);
    for (let node = 1; node < nodes; node++) next[depth[node]! + 1]! += 1;
    for (let d = 1; d < next.length; d++) next[d]! += next[d - 1]!;
    const order = new Int32Array(nodes - 1);
    for (let node = 1; node < nodes; node++) order[next[depth[node]!]!++] = node;
    return order;
  }
}
