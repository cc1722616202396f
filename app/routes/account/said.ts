/**
 * What just happened, by a word in the address: the sentence is made here, so that nobody can put words of theirs on our
 * page by a link.
 */
import { count } from "../../formats";

const sentences: Record<string, string> = {
  rename: "Your name is changed.",
  named: "The leaderboard shows your place as you chose.",
  password: "Your password is changed. All other browsers are signed out.",
  end: "That browser is signed out.",
};

export function saidOf(params: URLSearchParams): string | undefined {
  const dropped = /^[1-9]\d{0,5}$/.exec(params.get("dropped") ?? "")?.[0];
  if (dropped)
    return `You are signed in, and the picks you made as a guest came with you, but for ${count(Number(dropped), "vote")}: together they were more than the 25 Will play and 5 Wants that a show allows. The oldest stayed.`;
  return sentences[params.get("done") ?? ""];
}
