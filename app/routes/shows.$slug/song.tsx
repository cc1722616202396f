import { memo, type ReactNode, useState } from "react";
import { oddsWord } from "#rules/odds";
import { grouped } from "../../formats";
import type { Ballot, SongVotes } from "../../vote-paper";
import type { Past } from "./rarity";
import type { Row } from "./sheet";

/** What a ballot is called: in column heads, in names of buttons, in sentences. */
export const ballotNames: Record<Ballot, string> = { expect: "Will play", wish: "Want" };

export type SongProps = {
  row: Row;
  rank: number;
  /** open: buttons; closed: counts and picks; none: odds alone */
  voting: "open" | "closed" | "none";
  /** the fans' share in whole per cents; undefined where none has voted for it */
  share?: number;
  refusal?: string;
  /** what an administrator may do */
  children?: ReactNode;
} & SongVotes;

/**
 * One row. Odds and share are classes, the tape follows `aria-pressed`, icons are masks (song-row.css): a row stays small.
 * Drawn again only when one of its own figures changes.
 */
export const Song = memo(function Song({ row, rank, voting, share, refusal, children, ...votes }: SongProps) {
  const { id, title, percent, why, past } = row;
  const Vote = voting === "open" ? VoteButton : Pick;
  return (
    <li id={`s-${id}`} className={`song p${percent}${share === undefined ? "" : ` f${share}`}`}>
      <span className="rank">{rank}</span>
      <div>
        <bdi className="title">{title}</bdi>
        <span className="odds">
          <b>{`${percent}%`}</b>
          {` ${oddsWord(percent / 100)}`}
        </span>{" "}
        {why && <span className="why">{why}</span>}
        {past && <Rarity title={title} {...past} />}
        {children}
      </div>
      {voting !== "none" && (
        <>
          <Vote ballot="expect" id={id} title={title} count={votes.votes} mine={votes.myVote} />
          <Vote ballot="wish" id={id} title={title} count={votes.wishes} mine={votes.myWish} />
        </>
      )}
      {refusal && (
        <p role="alert" className="refusal">
          {refusal}
        </p>
      )}
    </li>
  );
});

function Rarity({ title, words, last, url }: Past & { title: string }) {
  return (
    <span className="why">
      {`${words} `}
      {url ? (
        <a href={url}>
          {last}
          <span className="sr-only">
            {": setlist of that show, with "}
            <bdi>{title}</bdi>
          </span>
        </a>
      ) : (
        last
      )}
    </span>
  );
}

type VoteProps = { ballot: Ballot; id: string; title: string; count: number; mine: boolean };

/** Belongs to one of the four forms before the list: cast or retract, on either ballot. */
function VoteButton({ ballot, id, title, count, mine }: VoteProps) {
  return (
    <button
      form={formOf(ballot, !mine)}
      name="setlistSongId"
      value={id}
      aria-pressed={mine}
      aria-label={`${ballotNames[ballot]}: ${title}, ${grouped(count)}`}
      className={ballot === "wish" ? "vote want" : "vote"}
    >
      <Count count={count} />
    </button>
  );
}

export const formOf = (ballot: Ballot, cast: boolean) => `${ballot[0]}${cast ? 1 : 0}`;

function Pick({ ballot, title, count, mine }: VoteProps) {
  return (
    <span className={`vote${ballot === "wish" ? " want" : ""}${mine ? " picked" : ""}`}>
      <span className="sr-only">
        {`${ballotNames[ballot]}: `}
        <bdi>{title}</bdi>
        {", "}
      </span>
      <b>{grouped(count)}</b>
      {mine && <span className="sr-only">, your pick</span>}
    </span>
  );
}

/** Underlined for a moment when it has changed: a new element, so that its animation begins. */
function Count({ count }: { count: number }) {
  const [first] = useState(count);
  return (
    <b key={count} className={count === first ? undefined : "moved"}>
      {grouped(count)}
    </b>
  );
}
