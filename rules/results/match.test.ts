import { describe, expect, it, test } from "vitest";
import { type BegunShow, matchSetlists, type WrittenSetlist } from "./match.ts";
import { nearnessOf } from "./place.ts";

const hall = { venueName: "The Forum", city: "Leeds", country: "GB" };
const show = (id: string, localDate: string, more: Partial<BegunShow> = {}): BegunShow => ({
  ...{ id, localDate, localTime: "20:00:00", slot: 0, beganAt: new Date(`${localDate}T20:00:00Z`) },
  ...hall,
  ...more,
});
const setlist = (id: string, localDate: string, more: Partial<WrittenSetlist> = {}): WrittenSetlist => ({
  ...{ id, localDate, place: 0, songs: 18, updatedAt: new Date(`${localDate}T23:50:00Z`) },
  ...hall,
  ...more,
});
const at = (venueName: string | null, city: string | null = null, country: string | null = null) => ({
  venueName,
  city,
  country,
});
const early = show("early", "2026-05-02", { localTime: "17:30:00" });
const late = show("late", "2026-05-02", { localTime: "21:30:00", slot: 1 });

type Case = [what: string, shows: BegunShow[], setlists: WrittenSetlist[], matched: Record<string, string>];
const cases: Case[] = [
  ["one show, its setlist", [show("a", "2026-05-02")], [setlist("1", "2026-05-02")], { a: "1" }],
  ["nothing is written", [show("a", "2026-05-02")], [], {}],
  ["another day", [show("a", "2026-05-02")], [setlist("1", "2026-05-04")], {}],
  [
    "the hall by another name in the same town",
    [show("a", "2026-05-02", at("O2 Academy", "Leeds", "GB"))],
    [setlist("1", "2026-05-02", at("Carling Academy", "LEEDS", "GB"))],
    { a: "1" },
  ],
  [
    "a suburb for the city",
    [show("a", "2026-05-02", at("Kia Forum", "Inglewood", "US"))],
    [setlist("1", "2026-05-02", at("The Kia Forum", "Los Angeles", "US"))],
    { a: "1" },
  ],
  [
    "nobody says where",
    [show("a", "2026-05-02", at(null))],
    [setlist("1", "2026-05-02", at("Somewhere", "Leeds", "GB"))],
    { a: "1" },
  ],
  [
    "another country",
    [show("a", "2026-05-02")],
    [setlist("1", "2026-05-02", at("Zenith", "Paris", "FR"))],
    {},
  ],
  [
    "a radio session beside the show",
    [show("a", "2026-05-02")],
    [setlist("1", "2026-05-02", at("Radio Leeds", "Leeds", "GB")), setlist("2", "2026-05-02")],
    { a: "2" },
  ],
  [
    "a sound check in the same hall",
    [show("a", "2026-05-02")],
    [setlist("1", "2026-05-02", { songs: 3, place: 1 }), setlist("2", "2026-05-02", { songs: 17 })],
    { a: "2" },
  ],
  [
    "two halls of one town, two setlists of one of them",
    [show("club", "2026-05-02", at("Brudenell", "Leeds")), show("arena", "2026-05-02", at("Arena", "Leeds"))],
    [
      setlist("1", "2026-05-02", at("Brudenell", "Leeds")),
      setlist("2", "2026-05-02", { ...at("Brudenell", "Leeds"), songs: 4 }),
    ],
    { club: "1" },
  ],
  [
    "early and late, the source's newest first",
    [late, early],
    [setlist("x", "2026-05-02", { place: 4 }), setlist("y", "2026-05-02", { place: 5 })],
    { early: "y", late: "x" },
  ],
  ["early and late, one setlist", [early, late], [setlist("x", "2026-05-02")], {}],
  ["a day beside, in the same hall", [show("a", "2026-05-02")], [setlist("1", "2026-05-03")], { a: "1" }],
  [
    "a day beside, in another hall of the town",
    [show("a", "2026-05-02")],
    [setlist("1", "2026-05-03", at("Arena", "Leeds", "GB"))],
    {},
  ],
  [
    "last night's setlist, written before tonight began",
    [show("tonight", "2026-05-02")],
    [setlist("1", "2026-05-01")],
    {},
  ],
  [
    "two nights, one of them written",
    [show("a", "2026-05-02"), show("b", "2026-05-03")],
    [setlist("1", "2026-05-02", { updatedAt: new Date("2026-05-05") })],
    { a: "1" },
  ],
  [
    "between two nights",
    [show("a", "2026-05-02"), show("b", "2026-05-04")],
    [setlist("1", "2026-05-03", { updatedAt: new Date("2026-05-06") })],
    {},
  ],
];
describe("matchSetlists", () => {
  it.each(cases)("%s", (_what, shows, setlists, matched) => {
    expect(Object.fromEntries(matchSetlists(shows, setlists))).toEqual(matched);
    expect(Object.fromEntries(matchSetlists(shows.toReversed(), setlists.toReversed()))).toEqual(matched);
  });

  it("leaves the only setlist of two shows with the one it was of", () => {
    const written = [setlist("x", "2026-05-02")];
    expect(matchSetlists([early], written)).toEqual(new Map([["early", "x"]]));
    const before = new Map([["early", "x"]]);
    expect(matchSetlists([early, late], written, before)).toEqual(before);
  });

  test("whatever is given, no setlist is two shows, and both are of one day or neighbours", () => {
    let seed = 7;
    const dice = (sides: number) => (seed = (seed * 48_271) % 2_147_483_647) % sides;
    const places = [
      hall,
      at("Forum", "Leeds"),
      at("Arena", "Leeds", "GB"),
      at(null),
      at("Zenith", "Paris", "FR"),
    ];
    const date = () => `2026-05-0${1 + dice(4)}`;
    for (let round = 0; round < 100; round++) {
      const shows = Array.from({ length: dice(6) }, (_, n) =>
        show(`s${n}`, date(), { ...places[dice(5)], slot: n }),
      );
      const setlists = Array.from({ length: dice(6) }, (_, n) =>
        setlist(`p${n}`, date(), { ...places[dice(5)], place: n, songs: 1 + dice(20), updatedAt: null }),
      );
      const matched = [...matchSetlists(shows, setlists)];
      expect(new Set(matched.map(([, id]) => id)).size).toBe(matched.length);
      for (const [showId, setlistId] of matched) {
        const [one, other] = [
          shows.find(({ id }) => id === showId)!,
          setlists.find(({ id }) => id === setlistId)!,
        ];
        const days = Math.abs(Date.parse(one.localDate) - Date.parse(other.localDate)) / 86_400_000;
        expect(days).toBeLessThanOrEqual(1);
        expect(nearnessOf(one, other)).not.toBe("other");
        if (days === 1) expect(nearnessOf(one, other)).toBe("venue");
      }
    }
  });
});

describe("nearnessOf", () => {
  const pairs: [a: ReturnType<typeof at>, b: ReturnType<typeof at>, nearness: string][] = [
    [at("Das Souterrain", "Krefeld", "DE"), at("Das Souterrain, Krefeld"), "venue"],
    [at("O2 Academy Brixton", "London", "GB"), at("O2 Academy Brixton", "London", "GB"), "venue"],
    [at("Brixton Academy", "London"), at("O2 Academy Brixton", "London"), "venue"],
    [at("Academy", "Leeds"), at("Academy 2", "Manchester"), "possible"],
    [at("Olympiahalle", "München", "DE"), at("Zenith", "MUNCHEN", "de"), "city"],
    [at("Fillmore", "Denver", "US"), at("Fillmore", "Paris", "FR"), "other"],
    [at("!!!", null), at(null, null), "possible"],
  ];
  it.each(pairs)("%j and %j: %s", (a, b, nearness) => {
    expect(nearnessOf(a, b)).toBe(nearness);
    expect(nearnessOf(b, a)).toBe(nearness);
  });
});
