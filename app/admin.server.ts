/** How the control room's pages ask, and what their forms do: refused by the procedure, answered with 303. */
import { redirect } from "@remix-run/node";
import { TRPCError } from "@trpc/server";
import { load, submit } from "./call.server";
import { refused } from "./refused.server";

/** Nothing of these pages stays in a browser that somebody else opens next. */
export const noStore = { "Cache-Control": "no-store" };

/** For loaders: like `load`, but whoever is not signed in is sent to sign in, and comes back. A fan gets 403. */
export async function loadAdmin<T>(request: Request, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof TRPCError && error.code === "UNAUTHORIZED") throw redirect(signIn(request));
    return load(Promise.reject<T>(error as Error));
  }
}

/** What a form does, by its field `act`: the number of things it was done to, or nothing. */
export type Acts = Record<
  string,
  (field: (name: string) => string, form: FormData) => Promise<number | void>
>;

/**
 * For actions: does what the form asks and leads back to the page it was sent from, with `done` (and `n`) in the
 * address for `saidOf`; a refusal is text on the page.
 */
export async function actAdmin(request: Request, acts: Acts) {
  const form = await request.formData();
  const field = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const act = field("act");
  const work = Object.hasOwn(acts, act) ? acts[act] : undefined;
  if (!work) throw new Response(null, { status: 400 });
  const done = await submit(work(field, form));
  if (!done.ok) {
    if (done.error.code === "UNAUTHORIZED") return redirect(signIn(request), 303);
    return refused(done, { act, subject: field("subject") });
  }
  const back = new URL(request.url);
  // Remix' own way to name the page of a frame; nobody else needs it in an address.
  back.searchParams.delete("index");
  back.searchParams.set("done", act);
  if (typeof done.data === "number") back.searchParams.set("n", String(done.data));
  else back.searchParams.delete("n");
  return redirect(back.pathname + back.search, 303);
}

function signIn(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return `/login?redirectTo=${encodeURIComponent(pathname + search)}`;
}
