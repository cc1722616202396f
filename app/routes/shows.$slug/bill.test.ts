import { expect, test } from "vitest";
import { billOf } from "./bill";

const artist = { id: "1", slug: "saltmarsh-radio", name: "Saltmarsh Radio" };
const act = (name: string, slug?: string) => ({ name, attractionId: `K${name}`, ...(slug && { slug }) });
const own = act("Saltmarsh Radio", "saltmarsh-radio");

test("alone there is no bill", () => {
  expect(billOf({ bill: [], artist })).toBeUndefined();
  expect(billOf({ bill: [own], artist })).toBeUndefined();
});

test("listed first, the few others are support; a name that stands there twice is one act", () => {
  expect(billOf({ bill: [own, act("Vesper"), act("Vesper", "vesper")], artist })).toEqual({
    title: "Support",
    note: "As Ticketmaster lists them.",
    acts: [{ name: "Vesper", slug: "vesper" }],
  });
});

test("listed later, the first one is named", () => {
  expect(billOf({ bill: [act("Vesper"), own], artist })).toMatchObject({
    title: "Also on the bill",
    note: "Ticketmaster lists Vesper first.",
  });
});

test("a festival has no support, and keeps its order", () => {
  const bill = billOf({ bill: [own, ..."ABCDE".split("").map((name) => act(name))], artist });
  expect(bill).toMatchObject({ title: "Also on the bill" });
  expect(bill?.acts.map(({ name }) => name).join("")).toBe("ABCDE");
});
