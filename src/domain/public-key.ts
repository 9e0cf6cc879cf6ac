/** A key that somebody of this machine has said to believe. */
export interface TrustedKey {
  /** Whose it is, as people know them. */
  readonly name: string;
  /** Ed25519 public key, base64. */
  readonly publicKey: string;
}

/** Base64 of so many bytes. */
export function base64Of(bytes: number): RegExp {
  return new RegExp(`^[A-Za-z0-9+/]{${Math.ceil((bytes * 4) / 3)}}={${(3 - (bytes % 3)) % 3}}$`);
}

/** The 32 bytes of an Ed25519 public key (RFC 8032). */
export const PUBLIC_KEY = base64Of(32);

/** What was kept as keys, as far as it can be understood. */
export function trustedKeysIn(stored: unknown): TrustedKey[] {
  if (!Array.isArray(stored)) return [];
  return (stored as unknown[]).flatMap((item): TrustedKey[] => {
    if (typeof item !== "object" || item === null) return [];
    const { name, publicKey } = item as Record<string, unknown>;
    return typeof name === "string" && typeof publicKey === "string" && PUBLIC_KEY.test(publicKey)
      ? [{ name, publicKey }]
      : [];
  });
}
