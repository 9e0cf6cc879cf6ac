/** A template that its users have broken. */
export class BrokenTemplate extends Error {
  override readonly name = "BrokenTemplate";

  constructor(
    readonly file: string,
    readonly reason: string,
  ) {
    super(`${file}: ${reason}`);
  }
}
