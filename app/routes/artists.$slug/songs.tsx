import { Link, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { type ListedSong, SongRows } from "../../components/song-rows";
import { count } from "../../formats";

type Props = {
  songs: ListedSong[];
  /** of all their songs */
  known: number;
  nextCursor?: string;
  /** where they are from */
  children: ReactNode;
};

/** Their studio songs: the first of them here, all of them and what was left out on a page of their own. */
export function Songs({ songs, known, nextCursor, children }: Props) {
  const all = `${useLocation().pathname}/songs`;
  return (
    <section aria-labelledby="songs" className="mt-8">
      <div className="head">
        <h2 id="songs">Songs</h2>
        <Link to={all} className="tap ml-auto text-[15px]">
          {count(known, "song")}, and what was left out
        </Link>
      </div>
      <SongRows songs={songs} label="songs" />
      {children}
      {nextCursor && (
        <p className="pt-4">
          <Link to={`${all}?after=${encodeURIComponent(nextCursor)}`} className="btn">
            More songs
          </Link>
        </p>
      )}
    </section>
  );
}
