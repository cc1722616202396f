import { expect, test } from "vitest";
import { whyNot } from "./why-not";

test.each([
  ["live: “Live at Reading” in the title", "A live recording of “Tide”: the title says “Live at Reading”."],
  ["live: album “Live at the Old Mill”", "A live recording of “Tide”: the album is “Live at the Old Mill”."],
  ["remix: album of type remix", "A remix of “Tide”: MusicBrainz lists the album as remix."],
  ["live: most of the album is", "A live recording of “Tide”: most of the album is."],
  ["same-song: the same song again", "The same song again as “Tide”."],
  ["variant: a demo, take or rehearsal", "A demo, take or rehearsal of “Tide”."],
  ["only-form: another live form", "Another live form of “Tide”."],
  ["isrc: same code", "The same recording by its code (ISRC) as “Tide”."],
])("%s", (reason, words) => expect(whyNot({ title: "Tide - X", reason, songTitle: "Tide" })).toBe(words));

test.each([
  ["interlude: named so, and short", "A short interlude."],
  ["video: a video is no recording", "A video."],
  ["spoken: sounds like speech", "Spoken, no song: sounds like speech."],
  ["new-code: in words of its own", "In words of its own."],
  [null, "Not judged yet."],
])("without a song: %s", (reason, words) =>
  expect(whyNot({ title: "X", reason, songTitle: null })).toBe(words),
);
