/** Why a recording stands for no song, as a sentence. The stored reason is "code: words" (rules/titles). */
import type { LeftOutRecording } from "../../types";

const forms: Record<string, string> = {
  live: "a live recording",
  remix: "a remix",
  demo: "a demo",
  instrumental: "an instrumental",
  karaoke: "a track without its voice, or the voice alone",
  acoustic: "an acoustic form",
  altered: "a slowed, sped up or otherwise altered form",
  spoken: "spoken, no song",
  edit: "another cut",
};
/** Where the words after the code say nothing more, and how the song goes on from there. */
const plain: Record<string, [words: string, link?: string]> = {
  "same-song": ["the same song again", "as"],
  edition: ["another cut or edition", "of"],
  spelling: ["the same song, its title spelt otherwise", "than"],
  isrc: ["the same recording by its code (ISRC)", "as"],
  medley: ["a medley of songs that are listed by themselves"],
  stage: ["what happens between songs on a stage"],
  interlude: ["a short interlude"],
  nameless: ["without a title"],
  video: ["a video"],
};

type LeftOut = Pick<LeftOutRecording, "title" | "reason" | "songTitle">;

export function whyNot({ title, reason, songTitle }: LeftOut): string {
  const [, code = "", words = ""] = /^([a-z-]+): (.*)$/s.exec(reason ?? "") ?? [];
  const song = songTitle && songTitle !== title ? `“${songTitle}”` : undefined;
  const told = plain[code];
  if (told) {
    const [text, link] = told;
    return sentence(song && link ? `${text} ${link} ${song}` : text);
  }
  const of = song ? ` of ${song}` : "";
  const form = forms[code];
  return sentence(form ? `${form}${of}: ${witness(words)}` : `${words || "not judged yet"}${of}`);
}

/** What gave it away: rules/titles writes it for a log, here it goes on after a colon. */
function witness(words: string): string {
  return words
    .replace(/^album (“.*”)$/s, "the album is $1")
    .replace(/^album of type (.+)$/, "MusicBrainz lists the album as $1")
    .replace(/^(“.*”) in the title$/s, "the title says $1");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
