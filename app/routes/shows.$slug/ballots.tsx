import { Link, useLocation } from "@remix-run/react";
import type { Votes } from "../../use-votes";
import { NOT_SAVED } from "../../vote-sender";
import type { Left } from "./ballot";
import { CountsBar } from "./counts-bar";
import type { ShowPage } from "./page.server";
import { Parts } from "./parts";
import { RowActionForms, RowActions } from "./row-actions";
import { ballotNames } from "./song";
import { Suggest } from "./suggest";
import { VoteForms } from "./vote-forms";

type Props = { list: NonNullable<ShowPage["list"]>; votes: Votes; left: Left; showId: string };

/** The songs with their two ballots: buttons, live, while voting is open; counts and one's own picks afterwards. */
export function Ballots({ list, votes, left, showId }: Props) {
  const { sheet, fans: voters, voting, refused, admin, who, loadedAt, found } = list;
  const signInFirst = who === "stranger";
  // Who has voted since is not told; but no song has more votes than there are fans.
  const fans = Math.max(voters, votes.most);
  // What is over need not be sent again.
  const refusals = new Map([...votes.refusals].filter(([, said]) => voting.open || said !== NOT_SAVED));
  const { setlistSongId, sentence } = refused ?? {};
  if (setlistSongId && sentence && !refusals.has(setlistSongId)) refusals.set(setlistSongId, sentence);
  const rows = sheet.parts.flatMap((part) => part.rows);
  const suggester = voting.open && rows.some((row) => row.mySuggestion);
  return (
    <div className="ballots">
      {voting.open && (signInFirst ? <SignInFirst /> : <CountsBar votes={votes} loadedAt={loadedAt} />)}
      {voting.open && <VoteForms tap={signInFirst ? undefined : votes.tap} />}
      {!voting.open && <p className="note">{`${voting.sentence}${voting.why} ${voting.rest}`.trimEnd()}</p>}
      {(admin || suggester) && <RowActionForms showId={showId} />}
      <Heads left={left} />
      <Parts
        parts={sheet.parts}
        voting={voting.open ? "open" : "closed"}
        votesOf={votes.of}
        shareOf={(count) => (count > 0 ? Math.round((100 * count) / fans) : undefined)}
        refusals={refusals}
        actionsOf={(row) =>
          (admin || (voting.open && row.mySuggestion)) && <RowActions row={row} admin={admin} />
        }
      />
      {voting.open && !signInFirst && (
        <Suggest showId={showId} found={found} refused={setlistSongId ? undefined : sentence} />
      )}
    </div>
  );
}

/** Names of the ballots and what is used of them; they stay in sight over the songs. */
function Heads({ left }: { left: Left }) {
  return (
    <div className="heads">
      <b>Song and odds</b>
      <span className="will">
        <b>{ballotNames.expect}</b>
        {`${left.expect.used} of ${left.expect.most}`}
      </span>
      <span className="want">
        <b>{ballotNames.wish}</b>
        {`${left.wish.used} of ${left.wish.most}`}
      </span>
    </div>
  );
}

function SignInFirst() {
  const { pathname } = useLocation();
  const query = `redirectTo=${encodeURIComponent(pathname)}`;
  return (
    <p className="note">
      Votes need an account here. <Link to={`/login?${query}`}>Sign in</Link> or{" "}
      <Link to={`/join?${query}`}>join</Link> first; a tap on a vote leads there too.
    </p>
  );
}
