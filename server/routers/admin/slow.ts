import { TRPCError } from "@trpc/server";

/** For a question that was cut off and is the whole of its page. */
export const slow = () =>
  new TRPCError({
    code: "SERVICE_UNAVAILABLE",
    message:
      "The database took too long for this, so it was cut off before it could slow the site down. Try again, or ask for less: one queue, one state, no text.",
  });
