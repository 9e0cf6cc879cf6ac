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

interface TrieNode {
  readonly children: Map<number, TrieNode>;
  readonly id: number;
  fail: number;
  /** Patterns that end here, those of the failure chain included. */
  patterns: number[];
}

/**
 * Finds all occurrences of many patterns in one pass (Aho and Corasick 1975), in typed arrays.
 *
 * It compares UTF-16 units, exactly as `String.prototype.includes` does. Characters that occur in no pattern (most, in a
 * Chinese text) lead straight back to the root; the others follow a node's few children, or its failure link.
 */
export class AhoCorasick {
  private readonly classOf = new Uint16Array(65_536);
  private readonly fromRoot: Int32Array;
  private readonly fail: Int32Array;
  private readonly childStart: Int32Array;
  private readonly childClass: Uint16Array;
  private readonly childNode: Int32Array;
  private readonly outputStart: Int32Array;
  private readonly outputs: Int32Array;
  private readonly lengths: Int32Array;

  /** Patterns are numbered by their position; none may be empty and no two equal. */
  constructor(patterns: readonly string[]) {
    const classes = this.numberClasses(patterns);
    const nodes = this.trie(patterns);
    const edges = nodes.reduce((sum, node) => sum + node.children.size, 0);
    this.fromRoot = new Int32Array(classes + 1);
    this.fail = Int32Array.from(nodes, (node) => node.fail);
    this.childStart = new Int32Array(nodes.length + 1);
    this.childClass = new Uint16Array(edges);
    this.childNode = new Int32Array(edges);
    this.outputStart = new Int32Array(nodes.length + 1);
    this.outputs = Int32Array.from(nodes.flatMap((node) => node.patterns));
    this.lengths = Int32Array.from(patterns, (pattern) => pattern.length);
    let edge = 0;
    let output = 0;
    nodes.forEach((node, id) => {
      this.childStart[id] = edge;
      this.outputStart[id] = output;
      output += node.patterns.length;
      for (const [cls, child] of node.children) {
        if (id === 0) this.fromRoot[cls] = child.id;
        this.childClass[edge] = cls;
        this.childNode[edge] = child.id;
        edge += 1;
      }
    });
    this.childStart[nodes.length] = edge;
    this.outputStart[nodes.length] = output;
  }

  /** Adds every occurrence of every pattern in the text to `found`. */
  scan(text: string, found: Occurrences): void {
    const { classOf, fromRoot, fail, childStart, childClass, childNode, outputStart, outputs, lengths } = this;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const cls = classOf[text.charCodeAt(i)]!;
      if (cls === 0) {
        state = 0;
        continue;
      }
      let next = 0;
      while (state !== 0) {
        const end = childStart[state + 1]!;
        for (let edge = childStart[state]!; edge < end; edge++) {
          if (childClass[edge] === cls) {
            next = childNode[edge]!;
            break;
          }
        }
        if (next !== 0) break;
        state = fail[state]!;
      }
      state = next === 0 ? fromRoot[cls]! : next;
      const last = outputStart[state + 1]!;
      for (let output = outputStart[state]!; output < last; output++) {
        const pattern = outputs[output]!;
        found.push(pattern, i + 1 - lengths[pattern]!, i + 1);
      }
    }
  }

  private numberClasses(patterns: readonly string[]): number {
    let classes = 0;
    for (const pattern of patterns) {
      for (let i = 0; i < pattern.length; i++) {
        const code = pattern.charCodeAt(i);
        if (this.classOf[code] === 0) this.classOf[code] = ++classes;
      }
    }
    return classes;
  }

  private trie(patterns: readonly string[]): TrieNode[] {
    const root: TrieNode = { children: new Map(), id: 0, fail: 0, patterns: [] };
    const nodes = [root];
    patterns.forEach((pattern, index) => {
      if (pattern === "") throw new Error("an empty pattern occurs everywhere");
      let node = root;
      for (let i = 0; i < pattern.length; i++) {
        const cls = this.classOf[pattern.charCodeAt(i)]!;
        let child = node.children.get(cls);
        if (!child) {
          child = { children: new Map(), id: nodes.length, fail: 0, patterns: [] };
          node.children.set(cls, child);
          nodes.push(child);
        }
        node = child;
      }
      node.patterns.push(index);
    });
    linkFailures(root, nodes);
    return nodes;
  }
}

/** Failure links, breadth first: the longest proper suffix that is itself a node; its patterns end here as well. */
function linkFailures(root: TrieNode, nodes: readonly TrieNode[]): void {
  const queue = [...root.children.values()];
  for (const node of queue) {
    for (const [cls, child] of node.children) {
      let suffix = nodes[node.fail]!;
      while (suffix.id !== 0 && !suffix.children.has(cls)) suffix = nodes[suffix.fail]!;
      child.fail = suffix.children.get(cls)?.id ?? 0;
      child.patterns = [...child.patterns, ...nodes[child.fail]!.patterns];
      queue.push(child);
    }
  }
}
