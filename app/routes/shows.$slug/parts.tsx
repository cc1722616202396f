import type { ReactNode } from "react";
import { Gaff } from "../../components/gaff";
import type { SongVotes } from "../../vote-paper";
import type { Part, Row } from "./sheet";
import { Song, type SongProps } from "./song";

type Props = {
  parts: Part[];
  voting: SongProps["voting"];
  /** as shown now; the row's own where nothing is followed */
  votesOf?: (id: string) => SongVotes;
  /** in whole per cents */
  shareOf?: (votes: number) => number | undefined;
  refusals?: ReadonlyMap<string, string>;
  /** what may be done with a row besides voting */
  actionsOf?: (row: Row) => ReactNode;
};

/** The songs, numbered through all parts: the main set, the encore, and what waits in the wings. */
export function Parts({ parts, voting, votesOf, shareOf, refusals, actionsOf }: Props) {
  let rank = 0;
  return parts.map(({ name, rows }) => (
    <div key={name}>
      {name === "encore" && <Break id="encore" title="Encore" />}
      {name === "wings" && <Break id="wings" title="In the wings" text="not in our list, still possible" />}
      <ol role="list" aria-labelledby={name === "set" ? "setlist" : name}>
        {rows.map((row) => {
          const votes = votesOf?.(row.id) ?? votesIn(row);
          return (
            <Song
              key={row.id}
              row={row}
              rank={++rank}
              voting={voting}
              share={shareOf?.(votes.votes)}
              refusal={refusals?.get(row.id)}
              {...votes}
            >
              {actionsOf?.(row)}
            </Song>
          );
        })}
      </ol>
    </div>
  ));
}

export function votesIn({ votes, wishes, myVote, myWish }: Row): SongVotes {
  return { votes, wishes, myVote: !!myVote, myWish: !!myWish };
}

function Break({ id, title, text }: { id: string; title: string; text?: string }) {
  return (
    <div className="break">
      <h3 id={id} className="flex">
        <Gaff>{title}</Gaff>
      </h3>
      {text && <span className="text-sm text-ink-2">{text}</span>}
    </div>
  );
}
