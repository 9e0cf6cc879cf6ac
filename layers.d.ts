/** Types of layers.js, for scripts and tests. */
export interface Room {
  readonly path: string;
  readonly what: string;
  readonly may: readonly string[];
  readonly pure?: boolean;
}
export const ROOMS: readonly Room[];
export const HOSTS: readonly string[];
