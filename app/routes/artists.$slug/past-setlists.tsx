import { Link, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { Covered } from "../../components/covered";
import { ArrowUpRight, ChevronRight } from "../../components/icons";
import { count, dayMonth, longDate, partOf, place, weekday } from "../../formats";
import { SHOWN } from "../../spoilers";
import type { PastSetlist } from "../../types";

type Past = Omit<PastSetlist, "songs"> & { songs: Omit<PastSetlist["songs"][number], "songId">[] };
type Props = {
  setlists: Past[];
  nextCursor?: string;
  /** the visitor wants to be surprised */
  covered: boolean;
  earlier: boolean;
  today: string;
  children: ReactNode;
};

/** What was played, each with its source. The links are followable: setlist.fm asks for that, and it is fair. */
export function PastSetlists({ setlists, nextCursor, covered, earlier, today, children }: Props) {
  const { pathname, search } = useLocation();
  // What was asked to be shown stays shown from page to page.
  const shown = search.includes(SHOWN) ? SHOWN : "";
  return (
    <section aria-labelledby="past" className="mt-8">
      <div className="head">
        <h2 id="past">Past setlists</h2>
        {earlier && (
          <Link to={`${pathname}?${shown}#past`} className="tap ml-auto text-[15px]">
            Newest setlists
          </Link>
        )}
      </div>
      {covered ? (
        <div className="pt-4">
          <Covered what="Covered, as you asked" link="Show past setlists" hash="#past" />
        </div>
      ) : (
        <ol role="list" className="rows">
          {setlists.map((setlist) => (
            <PastRow key={setlist.id} setlist={setlist} today={today} />
          ))}
        </ol>
      )}
      {children}
      {nextCursor && !covered && (
        <p className="pt-4">
          <Link to={`${pathname}?before=${encodeURIComponent(nextCursor)}&${shown}#past`} className="btn">
            Earlier setlists
          </Link>
        </p>
      )}
    </section>
  );
}

function PastRow({ setlist, today }: { setlist: Past; today: string }) {
  const { url, localDate, venueName, city, country, tour, songs } = setlist;
  return (
    <li className="grid grid-cols-[66px_minmax(0,1fr)] gap-x-3 pb-1 pt-3 tablet:grid-cols-[110px_minmax(0,1fr)]">
      <p className="text-sm">
        <b className="text-[15px]">{dayMonth(localDate, today)}</b>
        <br />
        <span className="text-ink-2">{weekday(localDate)}</span>
      </p>
      <div>
        <h3 className="title">
          <bdi>{venueName ?? "Venue unknown"}</bdi>
        </h3>
        <p className="text-sm text-ink-2">
          <bdi>{place(city, country)}</bdi>
          {tour && (
            <>
              {" · "}
              <bdi>{tour}</bdi>
            </>
          )}
        </p>
        <div className="flex flex-wrap items-start justify-between gap-x-4">
          <details className="open:basis-full">
            <summary className="inline-flex min-h-11 items-center gap-1.5 text-[15px] underline underline-offset-[3px]">
              <ChevronRight size={16} aria-hidden="true" className="turn" />
              {count(songs.filter((song) => !song.tape).length, "song")}
              <span className="sr-only"> played on {longDate(localDate)}</span>
            </summary>
            <Played songs={songs} />
          </details>
          <a href={url} className="inline-flex min-h-11 items-center gap-1 text-sm">
            setlist.fm
            <ArrowUpRight size={16} aria-hidden="true" />
            <span className="sr-only">, setlist of {longDate(localDate)}</span>
          </a>
        </div>
      </div>
    </li>
  );
}

/** The songs by part: the main set, then each encore. Tapes are named as such and are no songs. */
function Played({ songs }: Pick<Past, "songs">) {
  const parts = new Map<string, Past["songs"]>();
  for (const song of songs) {
    const part = partOf(song);
    parts.set(part, [...(parts.get(part) ?? []), song]);
  }
  return (
    <div className="pb-3">
      {[...parts].map(([part, played]) => (
        <div key={part}>
          {part && <h4 className="pt-2 text-xs font-[650] text-ink-2">{part}</h4>}
          <ol role="list" className="text-[15px] leading-6 tablet:columns-2">
            {played.map((song, i) => (
              <li key={i} className="break-inside-avoid">
                <bdi>{song.name || "Unnamed"}</bdi>
                {song.cover && (
                  <span className="text-ink-2">
                    {" "}
                    (<bdi>{song.cover}</bdi>)
                  </span>
                )}
                {song.tape && <span className="text-ink-2"> (tape)</span>}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </div>
  );
}
