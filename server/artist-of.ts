/** Which artist a question is about, for procedures that need no more of it than its id. */
import { TRPCError } from "@trpc/server";
import type { DbOrTrx } from "#db/index";
import { findTarget } from "#db/queries/slugs";

export const unknownArtist = () =>
  new TRPCError({ code: "NOT_FOUND", message: "There is no such artist here." });

/** By any address it ever had. @throws TRPCError NOT_FOUND */
export async function artistIdOf(db: DbOrTrx, slug: string): Promise<string> {
  const id = await findTarget(db, "artist", slug);
  if (id === undefined) throw unknownArtist();
  return id;
}
