/**
 * The one cookie that says who somebody is: a random token of 256 bits and our signature over it. The table holds only
 * the token's hash; the signature lets a made-up cookie be refused without asking the database.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Longer than any session: how long one lasts is decided in the database (db/queries/sessions.ts). */
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60;

export type SessionCookie = {
  name: string;
  /** Set-Cookie for this token */
  set(token: string): string;
  /** Set-Cookie that removes it */
  clear(): string;
  /** a fresh token */
  make(): string;
  /** SHA-256 of a token that came with a request and that we signed; undefined for none or any other */
  read(cookies: string | undefined): Buffer | undefined;
};

export const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/** @param options.secure whether our address is https: only then may the cookie be `__Host-` and Secure */
export function createSessionCookie(options: { secret: string; secure: boolean }): SessionCookie {
  const name = options.secure ? "__Host-theset" : "theset";
  const rest = `Path=/; HttpOnly; SameSite=Lax${options.secure ? "; Secure" : ""}`;
  const sign = (token: string) => createHmac("sha256", options.secret).update(token).digest("base64url");
  const pattern = new RegExp(`(?:^|;\\s*)${name}=([\\w-]{43})\\.([\\w-]{43})(?:;|$)`);
  return {
    name,
    set: (token) => `${name}=${token}.${sign(token)}; ${rest}; Max-Age=${MAX_AGE_SECONDS}`,
    clear: () => `${name}=; ${rest}; Max-Age=0`,
    make: () => randomBytes(32).toString("base64url"),
    read(cookies) {
      const [, token, signature] = pattern.exec(cookies ?? "") ?? [];
      if (!token || !signature) return undefined;
      const given = Buffer.from(signature);
      const right = Buffer.from(sign(token));
      return given.length === right.length && timingSafeEqual(given, right) ? hashOf(token) : undefined;
    },
  };
}
