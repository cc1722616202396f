import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { countShows, HistoryError, readHistories, songKey } from "./history.ts";

describe("songKey", () => {
  test.each([
    ["Señor (Tales of Yankee Power)", "senor tales of yankee power"],
    ["Don’t & Do", "dont and do"],
    ["A/B", "a b"],
    ["!!!", "!!!"],
  ])("of %s", (name, key) => expect(songKey(name)).toBe(key));
});

describe("readHistories", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "theset-history-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  async function read(...lines: unknown[]) {
    const file = join(folder, "history.jsonl");
    await writeFile(
      file,
      lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
    );
    const shows = [];
    for await (const show of readHistories([file])) shows.push(show);
    return { file, shows };
  }
  const songs = [{ name: "One", set: 1, encore: false }];

  it("numbers the shows of an artist and those of one date", async () => {
    const { file, shows } = await read(
      { artist: "A", date: "2026-01-01", songs },
      { artist: "B", date: "2026-01-01", songs },
      { artist: "A", date: "2026-01-01", songs },
      { artist: "A", date: "2026-01-02", songs: [] },
    );
    expect(shows.map(({ artist, at, n }) => [artist, at, n])).toEqual([
      ["A", 0, 0],
      ["B", 0, 0],
      ["A", 1, 1],
      ["A", 2, 0],
    ]);
    expect(await countShows([file])).toEqual(
      new Map([
        ["A", 3],
        ["B", 1],
      ]),
    );
  });

  test.each([
    ["no JSON", "{", /line 1 is not JSON/],
    ["no artist", { date: "2026-01-01", songs }, /line 1 names no artist/],
    ["no date", { artist: "A", date: "yesterday", songs }, /line 1 has no date/],
    ["no songs", { artist: "A", date: "2026-01-01" }, /line 1 has no list/],
    ["no name", { artist: "A", date: "2026-01-01", songs: [{}] }, /line 1 has a song without/],
  ])("says where a history is wrong: %s", async (_, line, message) => {
    await expect(read(line)).rejects.toThrow(HistoryError);
    await expect(read(line)).rejects.toThrow(message);
  });

  it("wants the oldest show first", async () => {
    const later = { artist: "A", date: "2026-01-02", songs };
    await expect(read(later, { ...later, date: "2026-01-01" })).rejects.toThrow(
      /line 2: A on 2026-01-01 comes after/,
    );
  });
});
