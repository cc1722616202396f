import { expect, it } from "vitest";
import { attractionId } from "./attraction-id";

it.each([
  ["K8vZ917Gku7", "K8vZ917Gku7"],
  ["  K8vZ917Gku7\n", "K8vZ917Gku7"],
  ["https://www.ticketmaster.com/mara-lindqvist-tickets/artist/K8vZ917Gku7", "K8vZ917Gku7"],
  ["ticketmaster.co.uk/mara-tickets/artist/1234567?tm_link=x#y", "1234567"],
])("finds the id in %s", (pasted, id) => expect(attractionId(pasted)).toEqual({ id }));

it.each([
  ["", "Paste"],
  ["https://www.ticketmaster.com/mara-bristol/event/1700612F", "event"],
  ["https://www.ticketmaster.com/discover/concerts", "names no artist"],
  ["https://evil.example/artist/K8vZ917Gku7", "no link to Ticketmaster"],
  ["https://notticketmaster.example/artist/1", "no link to Ticketmaster"],
])("says what is wrong with %j", (pasted, word) => {
  expect(attractionId(pasted)).toEqual({ problem: expect.stringContaining(word) as string });
});
