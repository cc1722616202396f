/** Matches in words. */
import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/routers/_app";
import { DOUBTFUL, type Service } from "#rules/artists";
import type { StateKind } from "../../components/control/state";

type Artist = inferRouterOutputs<AppRouter>["admin"]["matches"]["artists"][number];

export const serviceNames: Record<Service, string> = {
  spotify: "Spotify",
  musicbrainz: "MusicBrainz",
  setlistfm: "setlist.fm",
};

/** How sure it is that this is the artist, in a word. */
export function sayState(match: { refused: boolean; taken: boolean; byHand: boolean; doubt: number }): {
  state: StateKind;
  word: string;
} {
  if (match.refused) return { state: "idle", word: "Nobody, by hand" };
  if (!match.taken) return { state: "behind", word: "Nobody taken" };
  if (match.byHand) return { state: "fine", word: "By hand" };
  return match.doubt >= DOUBTFUL ? { state: "behind", word: "Doubtful" } : { state: "fine", word: "Sure" };
}

/** "0.70" of 1 */
export const sayScore = (score: number) => score.toFixed(2);

export function sayArtist({ artistId, slug, name, services }: Artist) {
  return {
    artistId,
    name: name ?? slug,
    services: services.map(({ source, sourceId, name, score, chosenBy, doubt, refused }) => ({
      source,
      ...sayState({ refused, taken: sourceId !== null, byHand: chosenBy === "admin", doubt }),
      taken: sourceId === null ? undefined : (name ?? sourceId),
      score: score === null || chosenBy === "admin" ? undefined : sayScore(score),
    })),
  };
}
