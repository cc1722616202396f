/** Daily: what has expired goes. */
import { deleteExpiredAnswers } from "#db/queries/upstream-cache";
import type { Handler } from "./context.ts";

export const cleanup: Handler<"cleanup"> = async (ctx, _payload, signal) => {
  let deleted = 0;
  // In small transactions, to the end: a day brings more than one of them takes.
  for (let count = 1; count > 0; deleted += count) {
    signal.throwIfAborted();
    count = await deleteExpiredAnswers(ctx.db);
  }
  ctx.log.info({ deleted }, "expired answers deleted");
};
