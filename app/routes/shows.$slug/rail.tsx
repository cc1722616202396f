import { Link } from "@remix-run/react";
import { ago, count } from "../../formats";
import type { Setlist, Show } from "../../types";

type About = Omit<Setlist, "songs"> & { pastSetlistsReadAt?: string | null };
type Props = { about?: About; now: string } & Pick<Show, "bill" | "artist">;

/** How far to trust the odds, who else plays, and where it all comes from. */
export function ShowRail({ about, bill, artist, now }: Props) {
  const others = bill.filter(({ name }) => name !== artist.name);
  return (
    <aside className="rail" aria-label="About this show">
      {about && <Trust about={about} />}
      {others.length > 0 && (
        <section>
          <h2>Also on the bill</h2>
          <ul role="list" className="text-[15px]">
            {others.map(({ name }) => (
              <li key={name}>
                <bdi>{name}</bdi>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>Source</h2>
        <p className="text-sm text-ink-2">
          {about && (
            <>
              Odds from {count(about.showsKnown, "setlist")} on{" "}
              <Link to={`/artists/${artist.slug}#past`}>setlist.fm</Link>
              {about.pastSetlistsReadAt && <>, read {ago(about.pastSetlistsReadAt, now)}</>}. Worked out{" "}
              {ago(about.madeAt, now)}.{" "}
            </>
          )}
          Date and place from Ticketmaster. <Link to="/about#odds">How the odds are made</Link>
        </p>
      </section>
    </aside>
  );
}

function Trust({ about }: { about: About }) {
  const { repeatRate, expectedSongs, showsKnown, model } = about;
  return (
    <section>
      <h2>How far to trust this</h2>
      <dl className="facts">
        <dt>Past shows known</dt>
        <dd>{showsKnown}</dd>
        {repeatRate !== null && repeatRate !== undefined && (
          <>
            <dt>Kept from night to night</dt>
            <dd>{Math.round(repeatRate * 100)}%</dd>
            <dt>Changes a night</dt>
            <dd>about {count(Math.round((1 - repeatRate) * expectedSongs), "song")}</dd>
          </>
        )}
        <dt>Model</dt>
        <dd>{model}</dd>
      </dl>
    </section>
  );
}
