import { describe, expect, test } from "vitest";
import { worlds } from "./index.ts";
import { dateOf, DAY, dayOf } from "./world/calendar.ts";
import { buildWorld } from "./world/index.ts";
import { listingsOf, type Listing } from "./world/listings.ts";
import type { Oddity } from "./world/types.ts";
import { worldNames, type WorldName } from "./world/worlds.ts";

const TODAY = Date.parse("2026-11-24T12:00:00Z");
const names = Object.keys(worldNames) as WorldName[];

function onSale(world: WorldName, now: number, seed = "theset"): Listing[] {
  return buildWorld(world, seed)
    .shows(now)
    .flatMap((show) => listingsOf(show, now));
}

/** What must not change overnight; whether it is on sale may. */
const lasting = ({ id, name, date, time, show }: Listing) =>
  [id, { name, date, time, venue: show.venue }] as const;

describe.each(names)("the world %s", (name) => {
  test("is today's world a day later, day after day", () => {
    for (const day of [0, 1, 60]) {
      const today = new Map(onSale(name, TODAY + day * DAY).map(lasting));
      const tomorrow = new Map(onSale(name, TODAY + (day + 1) * DAY).map(lasting));
      const both = [...today.keys()].filter((id) => tomorrow.has(id));
      expect(both.length).toBeGreaterThan(today.size * 0.8);
      for (const id of both) expect(tomorrow.get(id)).toEqual(today.get(id));
    }
  });

  test("keeps every past setlist: a day adds some and takes none", () => {
    const world = buildWorld(name, "theset");
    for (const artist of world.artists) {
      const before = world.setlists(artist, TODAY).map(({ id }) => id);
      const after = new Set(world.setlists(artist, TODAY + 3 * DAY).map(({ id }) => id));
      expect(before.filter((id) => !after.has(id))).toEqual([]);
    }
  });

  test("has no id twice", () => {
    const ids = onSale(name, TODAY).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const world = buildWorld(name, "theset");
    const setlists = world.artists.flatMap((artist) => world.setlists(artist, TODAY).map(({ id }) => id));
    expect(new Set(setlists).size).toBe(setlists.length);
  });

  test("grows other nights, but no other artists, from another seed", () => {
    const [a, b] = ["theset", "another"].map((seed) => onSale(name, TODAY, seed));
    const cities = (listings: Listing[] = []) =>
      listings.map(({ show }) => `${show.date} ${show.venue.city}`);
    expect(cities(a)).not.toEqual(cities(b));
    expect(buildWorld(name, "another").artists).toEqual(buildWorld(name, "theset").artists);
  });

  test.each(["2026-12-27", "2027-03-10", "2028-02-29", "2030-07-15"])("lives on %s too", (date) => {
    const now = Date.parse(`${date}T09:00:00Z`);
    const listings = onSale(name, now);
    for (const artist of buildWorld(name, "theset").artists) {
      const coming = listings.filter((one) => one.attractions.includes(artist) && (one.instant ?? 0) > now);
      expect(coming.length, artist.name).toBeGreaterThan(2);
      const last = Math.max(...coming.map(({ show }) => show.day));
      expect(last - dayOf(date), artist.name).toBeGreaterThan(45);
    }
  });
});

describe("the default world", () => {
  const world = buildWorld("default", "theset");
  const { artists } = worlds.default;

  test("shows everything odd at any time", () => {
    const wanted: Oddity[] = [
      "cancelled",
      "postponed",
      "date-tbd",
      "rescheduled",
      "time-tba",
      "no-specific-time",
      "no-zone",
      "offsale",
      "resale",
      "early-late",
      "parking",
      "vip",
      "two-day-pass",
      "bare",
      "no-attractions",
      "promoter",
      "blanks",
      "no-place",
      "priced",
      "sales-1900",
      "no-status",
    ];
    for (const now of [TODAY, TODAY + 100 * DAY, TODAY + 700 * DAY]) {
      const listings = onSale("default", now);
      expect(wanted.filter((oddity) => !listings.some(({ show }) => show.oddity === oddity))).toEqual([]);
      const states = new Set(listings.map(({ status }) => status));
      expect([...states].sort()).toEqual(
        ["cancelled", "offsale", "onsale", "postponed", "rescheduled", undefined].sort(),
      );
    }
  });

  test("yesterday's show has left the coming ones, and its setlist is there", () => {
    const show = world
      .shows(TODAY)
      .find(
        ({ artist, oddity, startsAt }) =>
          artist === artists.saltmarsh && oddity === "plain" && startsAt > TODAY,
      );
    if (!show) throw new Error("no coming show");
    const [before, morning] = [show.startsAt - DAY / 2, show.startsAt + DAY / 2];
    const listed = (now: number) => onSale("default", now).some((one) => one.show.key === show.key);
    const entry = (now: number) =>
      world.setlists(artists.saltmarsh, now).find((one) => one.show.key === show.key);
    expect([listed(before), listed(morning)]).toEqual([true, false]);
    expect(entry(before)?.sets ?? []).toEqual([]);
    expect(entry(morning)?.sets.length).toBeGreaterThan(0);
  });

  test("nobody plays two towns on one day", () => {
    for (const artist of world.artists) {
      const towns = new Map<string, string>();
      for (const { show } of world.setlists(artist, TODAY)) {
        expect(towns.get(show.date) ?? show.venue.city, `${artist.name} ${show.date}`).toBe(show.venue.city);
        towns.set(show.date, show.venue.city);
      }
    }
  });

  test("has one of each kind of history", () => {
    const counts = (now: number) => (key: keyof typeof artists) => world.setlists(artists[key], now).length;
    const today = counts(TODAY);
    expect(today("matches")).toBe(0);
    expect(today("ines")).toBe(2);
    expect(today("lido")).toBe(0);
    expect(counts(TODAY + 7 * DAY)("lido")).toBeGreaterThan(0);
    expect(today("tallships")).toBeGreaterThan(200);
    const onTour = onSale("default", TODAY).filter(({ attractions }) =>
      attractions.includes(artists.tallships),
    );
    expect(onTour.length).toBeGreaterThan(60);
  });

  test("bands keep their habits: the same again, half of it, never", () => {
    const repeated = (key: keyof typeof artists) => {
      const nights = world
        .setlists(artists[key], TODAY)
        .filter(({ sets, tour }) => sets.length > 0 && tour)
        .slice(0, 30)
        .map(({ sets }) =>
          sets.flatMap(({ songs }) => songs.filter(({ tape }) => !tape).map(({ name }) => name)),
        );
      const shares = nights.slice(0, -1).map((songs, i) => {
        const before = new Set(nights[i + 1]);
        return songs.filter((name) => before.has(name)).length / songs.length;
      });
      return shares.reduce((sum, share) => sum + share, 0) / shares.length;
    };
    expect(repeated("saltmarsh")).toBeGreaterThan(0.85);
    expect(repeated("vesper")).toBeGreaterThan(0.3);
    expect(repeated("vesper")).toBeLessThan(0.7);
    expect(repeated("orchard")).toBeLessThan(0.1);
  });

  test("setlists carry what real ones carry", () => {
    const all = world.artists.flatMap((artist) => world.setlists(artist, TODAY));
    const songs = all.flatMap(({ sets }) => sets.flatMap((set) => set.songs));
    const some = (found: boolean[]) => expect(found.some(Boolean)).toBe(true);
    some(songs.map(({ tape }) => tape === true));
    some(songs.map(({ cover }) => cover !== undefined));
    some(songs.map((song) => song.with !== undefined));
    some(songs.map(({ name }) => name === ""));
    some(songs.map(({ name }) => name.includes(" / ")));
    some(songs.map(({ info }) => info === ">"));
    some(all.map(({ sets }) => sets.some((set) => set.name === "Encore:" && set.encore === undefined)));
    some(all.map(({ sets }) => sets.some(({ encore }) => encore === 1)));
    some(all.map(({ sets, show }) => sets.length === 0 && show.startsAt > TODAY));
    some(all.map(({ sets, show }) => sets.length === 0 && show.startsAt < TODAY - 30 * DAY));
    some(all.map((one, i) => one.show.date === all[i + 1]?.show.date && one.artist === all[i + 1]?.artist));
  });

  test("what a show was becomes its setlist, also under the next day, in halves of a night, and as medleys", () => {
    const listed = world.shows(TODAY - 14 * DAY).filter(({ oddity }) => oddity !== "cancelled");
    const written = world.artists.flatMap((artist) => world.setlists(artist, TODAY));
    const found = listed.flatMap((show) => written.find((one) => one.show.key === show.key) ?? []);
    const since = (days: number) => found.filter(({ show }) => show.startsAt > TODAY - days * DAY);
    expect(since(14).length).toBeGreaterThan(20);
    for (const { date, show } of found) expect([show.date, dateOf(show.day + 1)]).toContain(date);
    expect(written.some(({ date, show }) => date !== show.date)).toBe(true);
    expect(found.some(({ show }) => show.oddity === "early-late")).toBe(true);
    const songs = found.flatMap(({ sets }) => sets.flatMap((set) => set.songs));
    expect(songs.some(({ name }) => name.includes(" / "))).toBe(true);
    expect(songs.some(({ tape }) => tape)).toBe(true);
  });

  test("a first version that misses a song is corrected a day later, under the same id", () => {
    const found = world
      .setlists(artists.saltmarsh, TODAY)
      .find(({ lastUpdated, show }) => lastUpdated > show.startsAt + 30 * 3_600_000);
    if (!found) throw new Error("no corrected setlist");
    const earlier = world
      .setlists(artists.saltmarsh, found.lastUpdated - 3_600_000)
      .find(({ id }) => id === found.id);
    const count = (sets = found.sets) => sets.reduce((sum, { songs }) => sum + songs.length, 0);
    expect(earlier?.versionId).not.toBe(found.versionId);
    expect(count(earlier?.sets)).toBe(count() - 1);
  });

  test("the namesake differs in its mbid and in the case of its id", () => {
    const { saltmarsh, namesake } = artists;
    expect(namesake.name).toBe(saltmarsh.name);
    expect(namesake.mbid).not.toBe(saltmarsh.mbid);
    expect(namesake.tmAttractionId).not.toBe(saltmarsh.tmAttractionId);
    expect(namesake.tmAttractionId.toLowerCase()).toBe(saltmarsh.tmAttractionId.toLowerCase());
  });
});

test("the worlds for tests have the amounts they promise", () => {
  const small = buildWorld("small", "theset");
  const { saltmarsh, lido } = worlds.small.artists;
  expect(small.setlists(saltmarsh, TODAY).length).toBeGreaterThanOrEqual(36);
  expect(small.setlists(lido, TODAY)).toEqual([]);
  const { division } = worlds.kills.artists;
  const kills = buildWorld("kills", "theset");
  expect(onSale("kills", TODAY)).toHaveLength(60);
  const past = kills.setlists(division, TODAY);
  expect(past.length).toBeGreaterThanOrEqual(200);
  const songs = new Set(past.flatMap(({ sets }) => sets.flatMap((set) => set.songs.map(({ name }) => name))));
  expect(songs.size).toBe(300);
});

test("days and dates agree", () => {
  expect(dateOf(dayOf("2028-02-29") + 1)).toBe("2028-03-01");
});
