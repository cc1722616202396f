/** Who is at work. */
import { cutOff } from "#db/cut-off";
import { listWorkers } from "#db/queries/workers";
import { adminProcedure, router } from "../../trpc.ts";
import { slow } from "./slow.ts";

export const workersRouter = router({
  /** Worker processes with what each has in hand; those that fell silent within the last hour come first. */
  workers: adminProcedure.query(async ({ ctx }) => {
    const read = await cutOff(ctx.db, listWorkers);
    if (read.cut) throw slow();
    return { workers: read.value };
  }),
});
