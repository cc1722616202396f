/** Daily: what has expired goes. */
import { deleteExpiredAnswers } from "#db/queries/upstream-cache";
import type { Handler } from "./context.ts";

export const cleanup: Handler<"cleanup"> = async (ctx) => {
  const deleted = await deleteExpiredAnswers(ctx.db);
  ctx.log.info({ deleted }, "expired answers deleted");
};
