/** A long random run with a name. What it finds can be had again by its seed. */
export interface Fuzzer {
  readonly name: string;
  /** What it plays, for the list of `npm run fuzz -- --help`. */
  readonly what: string;
  /** How many runs it makes unless told otherwise. */
  readonly runs: number;
  /** Plays `runs` of them from `seed`; throws what it found. Gives figures to print. */
  play(runs: number, seed: number): Promise<Readonly<Record<string, number>>>;
}
