/** Inputs that several routers take. Lengths are capped before anything else is done with them. */
import { z } from "zod";

export const slugInput = z.string().min(1).max(200);
export const cursorInput = z.string().max(500).optional();
export const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** An id as JSON answers carry it. Anything that is none is simply unknown, so it is no bad request. */
export const idInput = z.string().max(100);
export const isUuid = (id: string) => z.uuid().safeParse(id).success;

/** A Ticketmaster attraction id: 10–12 characters as of today, case matters; a little room is left. */
export const attractionIdInput = z
  .string("Give the Ticketmaster id of an artist.")
  .trim()
  .regex(/^[A-Za-z0-9_-]{5,40}$/, "This is not a Ticketmaster artist id. It looks like K8vZ917Gku7.");
