/** Passwords: how they are kept, how they are checked, and which are refused. */
import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { dictionary } from "@zxcvbn-ts/language-common";

/** OWASP's first choice for Argon2id (the package's default algorithm): 19 MiB, two passes, about 40 ms of one core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const LEAST = 8;
const MOST = 200;

/** The 49,000 most used passwords, those that would otherwise be long enough. */
const common = new Set((dictionary["passwords-common"] ?? []).filter((word) => word.length >= LEAST));

/** What an unknown address is checked against, so that it takes the same time as a known one. */
const nobodys = hash(randomBytes(16), cost);

/** The same characters are the same password, however a keyboard composes them (NIST SP 800-63B-4, 3.1.1.2). */
const composed = (password: string) => password.normalize("NFKC");

/** @returns what is stored: algorithm, cost, salt and hash in one text */
export function hashPassword(password: string): Promise<string> {
  return hash(composed(password), cost);
}

/** @param stored undefined where there is no such account: that takes the same time, and is never right */
export async function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  const right = await verify(stored ?? (await nobodys), composed(password));
  return right && stored !== undefined;
}

/**
 * Why a new password is refused, as a sentence; undefined when it is good. Length and not being guessed first is all
 * that is asked; mixtures of signs are not.
 * @param owner their e-mail address and name are no secret
 */
export function whyRefused(
  password: string,
  owner: { email?: string | null; name?: string | null },
): string | undefined {
  const { length } = [...password];
  if (length < LEAST) return `A password has at least ${LEAST} characters; 15 or more are better.`;
  if (length > MOST) return `A password has at most ${MOST} characters.`;
  const given = composed(password).toLowerCase();
  if (common.has(given)) return "This password is among the first that are guessed. Choose another.";
  const [mailbox] = (owner.email ?? "").split("@");
  const known = [owner.email, mailbox, owner.name].map((word) => composed(word ?? "").toLowerCase());
  if (known.includes(given))
    return "Your name or address is no password: everybody knows it. Choose another.";
  return undefined;
}
