import { expect, test } from "vitest";
import { numberOf, readLine, splitLines } from "./pasted-line.ts";

test.each([
  ["K8vZ917Gku7", { is: "id", tmAttractionId: "K8vZ917Gku7" }],
  [" K8vZ917oMr- ", { is: "id", tmAttractionId: "K8vZ917oMr-" }],
  ["Radiohead", { is: "name", name: "Radiohead" }],
  ["blink-182", { is: "name", name: "blink-182" }],
  ["AC/DC", { is: "name", name: "AC/DC" }],
  ["65daysofstatic", { is: "name", name: "65daysofstatic" }],
  ["BUMP OF CHICKEN", { is: "name", name: "BUMP OF CHICKEN" }],
  [
    "https://www.ticketmaster.com/mara-lindqvist-tickets/artist/1234567?x=1",
    { is: "link", name: "mara lindqvist", number: "1234567" },
  ],
  ["www.ticketmaster.co.uk/adele-tickets/artist/1158775", { is: "link", name: "adele", number: "1158775" }],
  [
    "https://www.ticketmaster.de/artist/coldplay-tickets/734977",
    { is: "link", name: "coldplay", number: "734977" },
  ],
  ["https://www.ticketmaster.com/artist/K8vZ917Gku7", { is: "id", tmAttractionId: "K8vZ917Gku7" }],
  [
    "https://example.org/adele-tickets/artist/1",
    { is: "name", name: "https://example.org/adele-tickets/artist/1" },
  ],
  ["https://www.ticketmaster.com/artist/1", { is: "name", name: "https://www.ticketmaster.com/artist/1" }],
])("%s", (line, read) => {
  expect(readLine(line)).toEqual(read);
});

test("a page's number is at its end", () => {
  expect(numberOf("https://www.ticketmaster.com/a-tickets/artist/12?b=3")).toBe("12");
  expect(numberOf("https://www.ticketmaster.com/event/12")).toBeUndefined();
  expect(numberOf(undefined)).toBeUndefined();
});

test("lines with something in them, each once", () => {
  expect(splitLines(" Adele \r\n\n\u0000\nAdele\nBlur")).toEqual(["Adele", "Blur"]);
});
