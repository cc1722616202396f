/** What is offered under the search field, as one list that arrows walk through. */
import type { RouterOutputs } from "#server/routers/_app";
import { count, place } from "./formats";

export type Suggestions = RouterOutputs["search"]["suggest"];
export type Option = { group: "Artists" | "Venues" | "Cities"; title: string; note: string; to: string };

export function optionsOf({ artists, venues, cities }: Suggestions): Option[] {
  return [
    ...artists.map(({ slug, name, genre }) => ({
      group: "Artists" as const,
      title: name,
      note: genre ?? "",
      to: `/artists/${slug}`,
    })),
    ...venues.map(({ slug, name, city, shows }) => ({
      group: "Venues" as const,
      title: name,
      note: place(city, count(shows, "coming show")),
      to: `/venues/${slug}`,
    })),
    ...cities.map(({ name, country, shows }) => ({
      group: "Cities" as const,
      title: name,
      note: place(country, count(shows, "coming show")),
      to: `/search?q=${encodeURIComponent(name)}`,
    })),
  ];
}

/** The option that an arrow leads to, of `options`; -1 is the field itself, which lies between the last and the first. */
export function step(from: number, key: "ArrowDown" | "ArrowUp", options: number): number {
  const places = options + 1;
  const moved = from + 1 + (key === "ArrowDown" ? 1 : -1);
  return ((moved + places) % places) - 1;
}
