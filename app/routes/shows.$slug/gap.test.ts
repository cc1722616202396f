import { expect, it } from "vitest";
import { mostWantedLeastLikely } from "./gap";
import type { Row } from "./sheet";

const row = (id: string, percent: number, wishes: number): Row => ({
  id,
  title: id,
  percent,
  votes: 0,
  wishes,
});
const headline = (...rows: Row[]) =>
  mostWantedLeastLikely(rows, (id) => rows.find((song) => song.id === id)!.wishes)?.row.id;

it.each([
  ["the most wanted song is a long shot", [row("hit", 95, 3), row("rare", 9, 7)], "rare"],
  ["of two as wanted the least likely one", [row("rare", 20, 7), row("rarer", 6, 7)], "rarer"],
  ["not when the most wanted is a toss-up", [row("even", 40, 7), row("rare", 9, 6)], undefined],
  ["not when nobody wants anything", [row("rare", 9, 0)], undefined],
] as const)("%s", (_, rows, id) => expect(headline(...rows)).toBe(id));
