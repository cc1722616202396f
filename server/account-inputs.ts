/** What an account is made of, as it is typed: in forms, in scripts and at the command line. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { clean } from "#rules/text";
import { whyRefused } from "./session/password.ts";

/** More is no password of ours, and is not worth hashing. */
const TYPED_MOST = 1_000;
const NAME_MOST = 60;

export const emailInput = z
  .string("Give your e-mail address.")
  .trim()
  .min(1, "Give your e-mail address.")
  .max(254, "An e-mail address has at most 254 characters.")
  .pipe(z.email("This is not an e-mail address. It looks like you@example.org."));

/** A password to be checked: what it must look like is no longer a question. */
export const passwordInput = z
  .string("Give your password.")
  .min(1, "Give your password.")
  .max(TYPED_MOST, `This is longer than any password here.`);

export const nameInput = z
  .string("Give a name that others may see.")
  .max(1_000, `A name has at most ${NAME_MOST} characters.`)
  .transform((name) => clean(name, NAME_MOST + 1))
  .pipe(
    z
      .string()
      .min(1, "Give a name that others may see.")
      .refine((name) => [...name].length <= NAME_MOST, `A name has at most ${NAME_MOST} characters.`),
  );

/** A refusal that belongs to one field, shaped like a bad input's. */
export function badInput(field: string, message: string, code: TRPCError["code"] = "BAD_REQUEST"): TRPCError {
  return new TRPCError({
    code,
    message,
    cause: new z.ZodRealError([{ code: "custom", path: [field], message, input: undefined }]),
  });
}

/** @throws TRPCError BAD_REQUEST for a password that is too short or guessed first */
export function refuseWeak(
  field: string,
  password: string,
  owner: { email?: string | null; name?: string | null },
): void {
  const why = whyRefused(password, owner);
  if (why) throw badInput(field, why);
}
