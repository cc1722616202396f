/**
 * Why a form's vote or suggestion was not counted: the sentence for a code that act.server.ts put into the address, by
 * what is true now. Nothing is said where it is no longer true, so an old link tells no lies.
 */
import { refusalOf } from "#rules/voting";
import type { Left } from "./ballot";
import type { Voting } from "./voting";

export type Refused = { setlistSongId?: string; sentence: string };

export function refusedIn(params: URLSearchParams, voting: Voting, left: Left): Refused | undefined {
  const code = params.get("refused");
  if (!code) return undefined;
  const sentence = sentenceOf(code, params.get("on"), voting, left);
  const song = params.get("song");
  return sentence ? { sentence, ...(song && { setlistSongId: song }) } : undefined;
}

function sentenceOf(code: string, on: string | null, voting: Voting, left: Left): string | undefined {
  if (code === "NOT_FOUND") return "Not counted: this song is no longer on the list.";
  if (code === "TOO_MANY_REQUESTS")
    return "Not counted: that was a lot in one minute. Wait a little, then try again.";
  if (code !== "FORBIDDEN") return undefined;
  if (!voting.open) return `Not counted. ${voting.sentence}${voting.why}`;
  if (on === "suggest")
    return "Not added: you have suggested as many songs for this show as one may. Take one back first.";
  const ballot = on === "wish" ? "wish" : "expect";
  return left[ballot].used < left[ballot].most ? undefined : refusalOf({ why: "full", ballot });
}
