import { expect, it } from "vitest";
import { optionsOf, step } from "./suggestions";

it("lists artists, then venues, then cities, each with its way", () => {
  const options = optionsOf({
    artists: [{ slug: "saltmarsh-radio", name: "Saltmarsh Radio", genre: null }],
    venues: [{ slug: "salina", name: "Teatro Salina", city: "Lisboa", country: "PT", shows: 1 }],
    cities: [{ name: "São Paulo", country: "BR", shows: 1200 }],
  });
  expect(options).toEqual([
    { group: "Artists", title: "Saltmarsh Radio", note: "", to: "/artists/saltmarsh-radio" },
    { group: "Venues", title: "Teatro Salina", note: "Lisboa, 1 coming show", to: "/venues/salina" },
    { group: "Cities", title: "São Paulo", note: "BR, 1,200 coming shows", to: "/search?q=S%C3%A3o%20Paulo" },
  ]);
});

it("walks round through the field, in both directions", () => {
  const walk = (key: "ArrowDown" | "ArrowUp") => {
    const seen = [];
    for (let at = step(-1, key, 3); seen.length < 4; at = step(at, key, 3)) seen.push(at);
    return seen;
  };
  expect(walk("ArrowDown")).toEqual([0, 1, 2, -1]);
  expect(walk("ArrowUp")).toEqual([2, 1, 0, -1]);
  expect(step(-1, "ArrowDown", 0)).toBe(-1);
});
