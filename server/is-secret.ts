import { createHash, timingSafeEqual } from "node:crypto";

/** Whether a caller's bearer is the secret. Takes the same time wherever the two differ, and however long each is. */
export function isSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** What a script sent as `Authorization: Bearer …`. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
}
