/** Recordings that are no song whatever else is listed. Only what a recording says of itself counts here. */
import { nameKey } from "../text.ts";
import type { Item } from "./rank.ts";

/** A named interlude is a song from here on: "Intro" by The xx lasts two minutes. */
const INTERLUDE_MS = 60_000;
/** Skits are talk and may last longer. */
const SKIT_MS = 150_000;
/** Above 0.66 Spotify calls a recording speech; rap stays well below this. */
const SPEECH = 0.93;
/** MusicBrainz' names for what has none. */
const PLACEHOLDER =
  /^\s*\[(silence|untitled|unknown|data track|crowd noise|dialogue|no audio|applause)\]\s*$/i;
/** What happens between songs on a stage. */
const STAGE =
  /^(band|stage|crew) (introductions?|intros?)$|^introductions( of (the )?band)?$|^(drum|drums|guitar|bass|keyboard|piano|percussion) solo$|^(crowd( noise)?|applause|encore( break| call)?|tuning( up)?|banter|stage banter|walk ?on|jam)$/;

/** The reason, or undefined for what may be a song. */
export function noSong({ recording, form, said, base, interlude, reason }: Item): string | undefined {
  const { title, durationMs, video, speechiness } = recording;
  if (!/[\p{L}\p{N}\p{S}\p{P}]/u.test(title) || PLACEHOLDER.test(title)) return "nameless: no title";
  if (video) return "video: a video is no recording";
  if (form === "spoken" || form === "altered") return reason;
  if (speechiness !== undefined && speechiness >= SPEECH) return "spoken: sounds like speech";
  if (said === "live" && STAGE.test(nameKey(base))) return "stage: between songs";
  if (!interlude) return undefined;
  const skit = /\bskit\b/i.test(base);
  if (durationMs === undefined ? skit : durationMs < (skit ? SKIT_MS : INTERLUDE_MS)) {
    return "interlude: named so, and short";
  }
  return undefined;
}
