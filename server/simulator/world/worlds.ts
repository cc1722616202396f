/** Who lives in which world, and the ids tests may rely on. */
import { lido, vesper, vesperNamesake } from "./cast/bands.ts";
import { bystanders, saltmarsh } from "./cast/coast.ts";
import type { Artist, Attraction, Plan } from "./types.ts";

export type WorldName = "small";

type Cast = {
  about: string;
  artists: Artist[];
  others: Attraction[];
  /** who may play the festival; a world without has none */
  festival?: (artists: Artist[]) => Artist[];
};

/** The artist with another plan: same ids, other amounts. */
function replan(artist: Artist, plan: Partial<Plan>): Artist {
  if (!artist.plan) throw new Error(`${artist.name} has no plan`);
  return { ...artist, plan: { ...artist.plan, ...plan }, support: undefined };
}

const weekly: Partial<Plan> = { weeks: 26, rest: 0, perWeek: 1, ahead: 84 };

const small = {
  saltmarsh: replan(saltmarsh, {
    ...weekly,
    since: "2026-02-16",
    oddities: [
      "plain",
      "plain",
      "resale",
      "plain",
      "plain",
      "cancelled",
      "plain",
      "parking",
      "plain",
      "postponed",
    ],
  }),
  lido: { ...replan(lido, { since: "2026-06-01", oddities: ["plain"] }), history: "none" as const },
  vesper: replan(vesper, { ...weekly, since: "2026-06-01", oddities: ["plain"] }),
  vesperNamesake,
};

export const casts: Record<WorldName, Cast> = {
  small: {
    about: "three artists for quick tests: a fixed band, one without history, one with a namesake",
    artists: Object.values(small),
    others: bystanders,
  },
};

/** Stable names for tests: `worlds.small.artists.saltmarsh.tmAttractionId`. */
export const worlds = { small: { artists: small } };
