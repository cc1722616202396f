/** The control room. Every procedure is an administrator's; the table of access proves it. */
import { mergeRouters } from "../../trpc.ts";
import { auditRouter } from "./audit.ts";

export const adminRouter = mergeRouters(auditRouter);
