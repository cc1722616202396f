/**
 * What the forms of a show's page ask for, and the way back: 303 to the row it was about, a refusal as a code in the
 * address. The sentence is made where it is shown, so that nobody can put words of theirs on our page by a link.
 */
import { redirect } from "@remix-run/node";
import type { Caller } from "#server/routers/_app";
import { submit } from "../../call.server";
import type { Ballot } from "../../vote-paper";

export async function act(trpc: Caller, request: Request): Promise<Response> {
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? "");
  const setlistSongId = field("setlistSongId");
  const done = await submit(call());
  const back = new URL(request.url);
  for (const gone of ["refused", "song", "on", "suggest"]) back.searchParams.delete(gone);
  if (!done.ok && done.error.code === "UNAUTHORIZED") return redirect(signIn(back, setlistSongId), 303);
  if (!done.ok) {
    back.searchParams.set("refused", done.error.code);
    if (setlistSongId) back.searchParams.set("song", setlistSongId);
    back.searchParams.set("on", field("act") || field("ballot"));
  }
  const row = done.ok ? done.data.setlistSongId : setlistSongId;
  return redirect(`${back.pathname}${back.search}#${row ? `s-${encodeURIComponent(row)}` : "missing"}`, 303);

  function call(): Promise<{ setlistSongId?: string }> {
    switch (field("act")) {
      case "suggest":
        return trpc.vote.suggest({ showId: field("showId"), songId: field("songId") });
      case "unsuggest":
        return trpc.vote.unsuggest({ showId: field("showId"), songId: field("songId") }).then(() => ({}));
      case "hide":
        return trpc.setlist.hideSong({ setlistSongId });
      case "restore":
        return trpc.setlist.restoreSong({ setlistSongId });
      default: {
        // Whatever else stands there is refused by the procedure.
        const vote = { setlistSongId, ballot: (field("ballot") || undefined) as Ballot | undefined };
        return form.has("undo") ? trpc.vote.retract(vote) : trpc.vote.cast(vote);
      }
    }
  }
}

function signIn(back: URL, setlistSongId: string): string {
  const row = setlistSongId && `#s-${encodeURIComponent(setlistSongId)}`;
  return `/login?redirectTo=${encodeURIComponent(back.pathname + back.search + row)}`;
}
