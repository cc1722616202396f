import { Link } from "@remix-run/react";
import { LEAST_SHOWS, PRIOR_SHOWS } from "#rules/leaderboard";
import { grouped } from "../../formats";
import type { RecordPage } from "./page.server";

type Row = RecordPage["fans"][number];
type Props = Pick<
  RecordPage,
  "season" | "seasons" | "fans" | "mine" | "mean" | "ranked" | "nextCursor" | "later"
>;

/** Fans by score, a season at a time, and how the score is made. */
export function Fans(props: Props) {
  const { season, seasons, fans, mine, mean, ranked, nextCursor, later } = props;
  const here = season === null ? "/leaderboard" : `/leaderboard?season=${season}`;
  const after = nextCursor && `${here}${season === null ? "?" : "&"}after=${encodeURIComponent(nextCursor)}`;
  return (
    <section id="fans" className="sheet lift mt-7 min-w-0 desk:mt-11" aria-labelledby="sharpest">
      <div className="head">
        <h2 id="sharpest">Sharpest fans</h2>
        {ranked > 0 && <span className="text-sm text-ink-2">{grouped(ranked)} ranked</span>}
      </div>
      {seasons.length > 0 && <Seasons season={season} seasons={seasons} />}
      {fans.length > 0 ? (
        <Table fans={fans} mine={mine} />
      ) : (
        <p className="pt-3">
          {later
            ? "There are no more."
            : `Nobody is ranked ${season === null ? "yet" : `in ${season}`}: a place takes ${LEAST_SHOWS} scored shows. The first come once somebody has voted Will play on ${LEAST_SHOWS} shows and their setlists are written down.`}{" "}
          <Link to="/">Find a show to vote on</Link>
        </p>
      )}
      {(later || after) && (
        <p className="flex flex-wrap gap-2 pt-4">
          {later && (
            <Link to={`${here}#fans`} className="btn">
              First places
            </Link>
          )}
          {after && (
            <Link to={`${after}#fans`} className="btn">
              Next places
            </Link>
          )}
        </p>
      )}
      <How mean={mean} />
    </section>
  );
}

function Seasons({ season, seasons }: Pick<Props, "season" | "seasons">) {
  return (
    <nav className="tabs" aria-label="Season">
      <Link to="/leaderboard#fans" preventScrollReset aria-current={season === null ? "true" : undefined}>
        All time
      </Link>
      {seasons.map((year) => (
        <Link
          key={year}
          to={`/leaderboard?season=${year}#fans`}
          preventScrollReset
          aria-current={season === year ? "true" : undefined}
        >
          {year}
        </Link>
      ))}
    </nav>
  );
}

function Table({ fans, mine }: Pick<Props, "fans" | "mine">) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">Fan</th>
          <th scope="col" className="!text-right">
            Score
          </th>
          <th scope="col" className="!text-right">
            Right of 100
          </th>
          <th scope="col" className="!text-right">
            Shows
          </th>
        </tr>
      </thead>
      <tbody>
        {fans.map((fan, n) => (
          <FanRow key={n} fan={fan} />
        ))}
        {mine && <FanRow fan={mine} />}
      </tbody>
    </table>
  );
}

function FanRow({ fan: { place, name, points, right, shows, mine } }: { fan: Row }) {
  return (
    <tr className={mine ? "yours" : undefined}>
      <td>
        <b>{grouped(place)}</b>
      </td>
      <th scope="row" className="font-[650]">
        {mine ? <>You{name === null && ", not named to others"}</> : <bdi>{name ?? "A fan"}</bdi>}
      </th>
      <td className="!text-right">{points}</td>
      <td className="!text-right">{right}</td>
      <td className="!text-right">{shows}</td>
    </tr>
  );
}

function How({ mean }: Pick<Props, "mean">) {
  return (
    <div className="mt-4 grid max-w-[66ch] gap-2 text-sm text-ink-2">
      <p>
        At each show your Will play votes are set beside a ballot that anybody could fill in: yes to what was
        played at more than half of the last ten shows. Both get a Brier score, which punishes naming what is
        not played and not naming what is; the difference, in points per 100 songs played, counts. So nobody
        gains by choosing bands that never change their set: there that ballot is as good.
      </p>
      <p>
        The score is what a fan is ahead of the mean fan, over all shows
        {mean !== null && ` (who is at ${mean} beside that ballot)`}. {PRIOR_SHOWS} shows at the mean are
        added to everybody’s own, so that a lucky week leads no list. Equal scores share a place.
      </p>
      <p>
        A place takes an account and {LEAST_SHOWS} scored shows. <q>A fan</q> is somebody who does not want to
        be named; <Link to="/account#record">your own page</Link> is where you choose.
      </p>
    </div>
  );
}
