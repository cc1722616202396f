/** What hangs on a song, for whoever is about to merge it. */
import { count } from "../../formats";

type Hanging = { played: number; setlists: number; votes: number };

/** "3 votes on 2 lists of shows, and stands on 14 past setlists" */
export function hangsOn({ played, setlists, votes }: Hanging): string {
  return `${count(votes, "vote")} on ${count(setlists, "list")} of shows, and stands on ${count(played, "past setlist")}`;
}
