/** Who lives in which world, and the ids tests may rely on. */
import { lido, vesper, vesperNamesake } from "./cast/bands.ts";
import { bystanders, namesake, promoter, quarry, saltmarsh, tribute } from "./cast/coast.ts";
import { division } from "./cast/division.ts";
import { backwards, caravan, script, shouts, traders } from "./cast/extremes.ts";
import * as margins from "./cast/margins.ts";
import * as stages from "./cast/stages.ts";
import type { Artist, Attraction, Plan } from "./types.ts";

export type WorldName = "default" | "small" | "kills" | "huge" | "hostile";

type Cast = {
  about: string;
  artists: Artist[];
  others: Attraction[];
  /** who may play the festival; a world without has none */
  festival?: (artists: Artist[]) => Artist[];
  hostile?: true;
};

/** The artist with another plan: same ids, other amounts. */
function replan(artist: Artist, plan: Partial<Plan>): Artist {
  if (!artist.plan) throw new Error(`${artist.name} has no plan`);
  return { ...artist, plan: { ...artist.plan, ...plan }, support: undefined };
}

const everybody = {
  saltmarsh,
  vesper,
  ...stages,
  ...margins,
  lido,
  quarry,
  tribute,
  namesake,
  vesperNamesake,
};

const weekly: Partial<Plan> = { weeks: 26, rest: 0, perWeek: 1, ahead: 84 };

const small = {
  saltmarsh: replan(saltmarsh, {
    ...weekly,
    since: "2025-12-15",
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

const hostile = { shouts, script, backwards };

export const casts: Record<WorldName, Cast> = {
  default: {
    about: "nineteen artists of every kind, festivals, and all that is odd about real listings",
    artists: Object.values(everybody),
    others: [...bystanders, promoter],
    festival: (artists) =>
      artists.filter(
        ({ key, plan, history }) =>
          plan && plan.size !== "arena" && history === "all" && !key.endsWith("namesake"),
      ),
  },
  small: {
    about: "three artists for quick tests: a fixed band, one without history, one with a namesake",
    artists: Object.values(small),
    others: bystanders,
  },
  kills: {
    about: "one artist with 60 coming shows and 300 songs in 200 past setlists, for kill tests",
    artists: [division],
    others: [],
  },
  huge: {
    about:
      "an artist with some 1,500 shows to come, more than a query may page through, and one with some 900 releases",
    artists: [caravan, traders],
    others: [],
  },
  hostile: {
    about: "three artists whose names are attacks, and listings each damaged in another way",
    artists: Object.values(hostile),
    others: [],
    hostile: true,
  },
};

/** What each world is good for. */
export const worldNames: Record<WorldName, string> = {
  default: casts.default.about,
  small: casts.small.about,
  kills: casts.kills.about,
  huge: casts.huge.about,
  hostile: casts.hostile.about,
};

/** Stable names for tests: `worlds.small.artists.saltmarsh.tmAttractionId`. */
export const worlds = {
  default: { artists: everybody },
  small: { artists: small },
  kills: { artists: { division } },
  huge: { artists: { caravan, traders } },
  hostile: { artists: hostile },
};
