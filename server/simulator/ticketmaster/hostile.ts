/** Events as no seller should write them: each is damaged in one way, the same one every time. */
import type { eventJson } from "./events.ts";

type Event = ReturnType<typeof eventJson>;
type Spoil = (event: Event) => unknown;

const venueOf = (event: Event) => event._embedded?.venues[0];
const inVenue =
  (more: object): Spoil =>
  (event) => ({
    ...event,
    _embedded: { ...event._embedded, venues: [{ ...venueOf(event), ...more }] },
  });
const named =
  (name: unknown): Spoil =>
  (event) => ({ ...event, name });
const starting =
  (start: object): Spoil =>
  (event) => ({
    ...event,
    dates: { ...event.dates, start: { ...event.dates.start, ...start } },
  });
const priced =
  (priceRanges: unknown): Spoil =>
  (event) => ({ ...event, priceRanges });

/** The id that several events claim as theirs. */
export const DUPLICATE_ID = "G5vYZtwice000";
/** Halls of one name in one town, and an id of its own for each. */
export const TWIN = { name: "The Twin Hall", city: "Gemini" };

export const spoils: Record<string, Spoil> = {
  script: named("<script>document.title='taken'</script>"),
  nul: named("Night\u0000 of \ud800the\udfff Dead\u0007 Line"),
  rtl: named("\u202eevil\u202c \u2066Night"),
  long: named("A Very Long Night ".repeat(280)),
  shouts: named("!!!"),
  emoji: named("🎪👩‍👩‍👧‍👦🔥🇦🇽"),
  nameless: named(undefined),
  "name is a number": named(1979),
  duplicate: (event) => ({ ...event, id: DUPLICATE_ID }),
  "id is a number": (event) => ({ ...event, id: 7 }),
  "id is an address": (event) => ({ ...event, id: "../../../etc/passwd" }),
  "no event": () => null,
  twin: inVenue({ id: "KovZpZtwinA", name: TWIN.name, city: { name: TWIN.city } }),
  mars: (event) => ({
    ...(inVenue({ timezone: "Mars/Olympus" })(event) as Event),
    dates: { ...event.dates, timezone: "Mars/Olympus" },
  }),
  "other twin": inVenue({ id: "KovZpZtwinB", name: TWIN.name, city: { name: TWIN.city } }),
  "no such day": starting({ localDate: "2027-02-30", localTime: "25:61:00" }),
  "negative year": starting({ localDate: "-000044-03-15", dateTime: "-000044-03-15T12:00:00Z" }),
  "end of time": starting({ localDate: "9999-12-31", dateTime: "+275760-09-13T00:00:00Z" }),
  "date is a number": starting({ localDate: 20270101, localTime: null, dateTime: {} }),
  "reversed price": priced([{ type: "standard", currency: "EUR", min: 90, max: 10 }]),
  "negative price": priced([{ type: "standard", currency: "EUR", min: -5, max: 1e99 }]),
  "odd price": priced([{ type: 7, currency: "€", min: "cheap" }, null, "free"]),
  "dates are text": (event) => ({ ...event, dates: "tomorrow", classifications: 7, images: {} }),
  "embedded are wrong": (event) => ({ ...event, _embedded: { venues: {}, attractions: "many" } }),
  "odd status": (event) => ({ ...event, dates: { ...event.dates, status: { code: "exploded" } } }),
  "odd link": (event) => ({ ...event, url: "javascript:alert(1)" }),
  "off the map": inVenue({ name: undefined, location: { latitude: "north", longitude: "999" } }),
  "odd acts": (event) => ({
    ...event,
    _embedded: {
      ...event._embedded,
      attractions: [
        ...(event._embedded?.attractions ?? []),
        { id: "K8vZ917odd1", name: "<img src=x onerror=alert(1)>\u0000" },
        { id: "K8vZ917odd2", name: "\ud83d".repeat(300) },
        { id: 9, name: "Nine" },
        null,
      ],
    },
  }),
};

/** The event, damaged in the way number `at`. */
export function spoil(event: Event, at: number): unknown {
  const ways = Object.values(spoils);
  return ways[at % ways.length]?.(event);
}
