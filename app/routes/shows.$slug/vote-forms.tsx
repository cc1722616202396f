import type { FormEvent } from "react";
import type { Ballot, Vote } from "../../vote-paper";
import { formOf } from "./song";

const ballots: Ballot[] = ["expect", "wish"];

/**
 * All that votes need, once for all rows: every button names one of these four by its `form`. Without script they post
 * to the page's own address, order and all, and come back; with it their submission is taken over here.
 * @param tap undefined where a vote has to be posted: whoever must sign in first is sent there by the answer
 */
export function VoteForms({ tap }: { tap?: (vote: Vote) => void }) {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    const { submitter } = event.nativeEvent as SubmitEvent;
    const ballot = ballots.find((name) => event.currentTarget.id.startsWith(name[0]!));
    if (!tap || !ballot || !(submitter instanceof HTMLButtonElement)) return;
    event.preventDefault();
    tap({ setlistSongId: submitter.value, ballot });
  };
  return ballots.map((ballot) =>
    [true, false].map((cast) => (
      <form key={formOf(ballot, cast)} id={formOf(ballot, cast)} method="post" onSubmit={onSubmit}>
        <input type="hidden" name="ballot" value={ballot} />
        {!cast && <input type="hidden" name="undo" value="1" />}
      </form>
    )),
  );
}
