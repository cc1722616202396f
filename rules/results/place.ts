/** Whether two places are one, as a ticket seller and a crowd of fans write them. */
import { nameKey } from "../text.ts";

export type Place = {
  venueName: string | null;
  city: string | null;
  /** ISO 3166-1 alpha-2 */
  country: string | null;
};

/**
 * `venue`: the same hall; `city`: the same town; `possible`: nothing speaks against it; `other`: another country. The same
 * hall is not asked for its town where the names are equal: a suburb's hall is often said to be the city's.
 */
export type Nearness = "venue" | "city" | "possible" | "other";

export function nearnessOf(a: Place, b: Place): Nearness {
  if (a.country && b.country && a.country.toUpperCase() !== b.country.toUpperCase()) return "other";
  const [names, cities] = [
    [wordsOf(a.venueName), wordsOf(b.venueName)],
    [wordsOf(a.city), wordsOf(b.city)],
  ] as const;
  const inOneTown = isSame(cities[0], cities[1]);
  const towns = new Set([...cities[0], ...cities[1]]);
  if (isSame(names[0], names[1], inOneTown ? undefined : towns)) return "venue";
  return inOneTown ? "city" : "possible";
}

const wordsOf = (name: string | null) =>
  new Set(
    nameKey(name ?? "")
      .split(" ")
      .filter((word) => word !== "" && word !== "the"),
  );

/** Equal, or one with more words than the other: any, or only these ("Das Souterrain, Krefeld"). */
function isSame(a: Set<string>, b: Set<string>, more?: Set<string>): boolean {
  const [short, long] = a.size <= b.size ? [a, b] : [b, a];
  if (short.size === 0 || ![...short].every((word) => long.has(word))) return false;
  return more === undefined || [...long].every((word) => short.has(word) || more.has(word));
}
