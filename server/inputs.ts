/** Inputs that several routers take. Lengths are capped before anything else is done with them. */
import { z } from "zod";

/** A slug as we make them. Anything else is the address of nothing: it finds nothing, and is no bad request. */
export const slugInput = z.string().transform((slug) => (/^[a-z0-9-]{1,200}$/.test(slug) ? slug : ""));
export const cursorInput = z.string().max(500).optional();
/** A cursor that carries a title of up to 500 letters of any script. */
export const titleCursorInput = z.string().max(3_000).optional();
/** A day that exists, also for Postgres, which knows no year 0. */
export const localDate = z.iso.date().refine((day) => day >= "0001");
/** What the cursor of a list of shows carries. */
export const showCursor = z.object({ localDate: localDate.nullable(), id: z.uuid() });

/** An id as JSON answers carry it. Anything that is none is simply unknown, so it is no bad request. */
export const idInput = z.string();
export const isUuid = (id: string) => z.uuid().safeParse(id).success;

/** A Ticketmaster attraction id: 10–12 characters as of today, case matters; a little room is left. */
export const attractionIdInput = z
  .string("Give the Ticketmaster id of an artist.")
  .trim()
  .regex(/^[A-Za-z0-9_-]{5,40}$/, "This is not a Ticketmaster artist id. It looks like K8vZ917Gku7.");
