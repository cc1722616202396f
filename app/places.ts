/** Places in words, for loaders: Node knows the names of all countries, an old browser may know others. */
const countries = new Intl.DisplayNames("en-GB", { type: "region" });

/** "United Kingdom" of "GB"; what is no code of a country stays as it is. */
export function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  // "Hong Kong SAR China" is what statutes say.
  return (countries.of(code) ?? code).replace(/ SAR China$/, "");
}

/** The same with its country as a name. */
export function named<Place extends { country: string | null }>(place: Place): Place {
  return { ...place, country: place.country && countryName(place.country) };
}

/** Shows with their venues so. */
export function placed<Show extends { venue: { country: string | null } | null }>(shows: Show[]): Show[] {
  return shows.map((show) => ({ ...show, venue: show.venue && named(show.venue) }));
}
