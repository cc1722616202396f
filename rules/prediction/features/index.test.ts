import { describe, expect, it, test } from "vitest";
import { asPlayed } from "../played.ts";
import { expectedLength } from "./about.ts";
import { FEATURES, featuresOf, WIDTH } from "./index.ts";
import { emptyMemory } from "./memory.ts";
import { remember } from "./remember.ts";

type Night = { date: string; songs: string; tour?: string; venue?: string };

function remembered(nights: Night[]) {
  const memory = emptyMemory();
  for (const { songs, ...night } of nights)
    remember(
      memory,
      asPlayed({ ...night, songs: songs.split(" ").map((key) => ({ key, encore: false as const })) })!,
    );
  return memory;
}

const nights: Night[] = [
  { date: "2026-01-01", songs: "a b c", tour: "winter", venue: "Roxy" },
  { date: "2026-01-02", songs: "a b d", tour: "winter", venue: "Roxy" },
  { date: "2026-01-04", songs: "a c e", tour: "winter", venue: "Arena" },
  { date: "2026-06-01", songs: "a f g h", venue: "Field" },
  { date: "2026-06-02", songs: "b f g h", venue: "Field" },
];

function figure(name: (typeof FEATURES)[number], song: string, coming: Partial<Night> = {}) {
  const memory = remembered(nights);
  const rows = featuresOf(memory, { date: "2026-06-03", venue: "Field", ...coming });
  return rows[memory.ids.get(song)! * WIDTH + FEATURES.indexOf(name)];
}

describe("a song's figures", () => {
  test.each([
    ["gap", "a", 1],
    ["gap", "b", 0],
    ["gap", "d", 3],
    ["plays", "a", 4],
    ["fAll", "a", 0.8],
    ["lag1", "b", 1],
    ["lag1", "a", 0],
    ["lag2", "a", 1],
    ["gapLast", "b", 3],
    ["songDays", "a", 2],
    ["legPlays", "a", 1],
    ["run", "a", 1],
    ["run", "c", 0],
    ["runLast", "a", 0],
    ["runLast", "f", 1],
    ["in10", "a", 4],
  ] as const)("%s of %s", (name, song, value) => expect(figure(name, song)).toBeCloseTo(value, 5));

  it("know the tour of the coming show, and the venue's last time", () => {
    expect(figure("tourPlays", "a", { tour: "winter" })).toBe(3);
    expect(figure("tourPlays", "a", { tour: "new" })).toBe(-1);
    expect(figure("venueBefore", "d", { venue: "ROXY" })).toBe(1);
    expect(figure("venueBefore", "h", { venue: "Roxy" })).toBe(0);
    expect(figure("venueBefore", "h", { venue: "elsewhere" })).toBe(-1);
  });
});

describe("a show's figures", () => {
  it("are the same for every song", () => {
    expect(figure("night", "a")).toBe(2);
    expect(figure("night", "a", { venue: "elsewhere" })).toBe(0);
    expect(figure("days", "b", { date: "2026-06-12" })).toBe(10);
    expect(figure("legShows", "b")).toBe(2);
    expect(figure("legShows", "b", { date: "2026-07-12" })).toBe(0);
  });

  it("stand for an undated show too", () => expect(figure("days", "a", { date: undefined })).toBe(30));
});

it("expects more songs where such shows are longer", () => {
  const memory = remembered(nights);
  expect(expectedLength(memory, { date: "2026-06-03" })).toBeGreaterThan(
    expectedLength(memory, { date: "2026-06-03", tour: "winter" }),
  );
});

it("takes the tour to go on where nobody names it", () => {
  const memory = remembered(nights.slice(0, 3));
  const coming = { date: "2026-01-06", venue: "Hall" };
  expect(featuresOf(memory, coming)).toEqual(featuresOf(memory, { ...coming, tour: "winter" }));
  expect(featuresOf(memory, coming)).not.toEqual(featuresOf(memory, { ...coming, tour: "" }));
});
