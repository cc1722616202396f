import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { FEW_SHOWS } from "#rules/reasons";
import { Boxes } from "../../components/boxes";
import { ago, count } from "../../formats";
import type { Setlist } from "../../types";
import type { Bill } from "./bill";
import type { ShowPage } from "./page.server";
import { ShowSources, type Sourced, type SourcedShow } from "./sources";

type Props = {
  about?: ShowPage["about"];
  bill?: Bill;
  show: SourcedShow;
  sourced: Sourced;
  now: string;
  children?: ReactNode;
};

/** How far to trust the odds, who else plays, and where it all comes from. */
export function ShowRail({ about, bill, show, sourced, now, children }: Props) {
  return (
    <aside className="rail" aria-label="About this show">
      {children}
      {about && <Trust about={about} />}
      {bill && <OnTheBill {...bill} />}
      <section>
        <h2>Sources</h2>
        <ShowSources {...sourced} show={show} basis={about?.basis} now={now} />
        <p className="mt-2 text-sm text-ink-2">
          {about && <>Odds worked out {ago(about.madeAt, now)}. </>}
          <Link to="/about#odds">How the odds are made</Link>
        </p>
      </section>
    </aside>
  );
}

function OnTheBill({ title, note, acts }: Bill) {
  return (
    <section>
      <h2>{title}</h2>
      <ol role="list" className="text-[15px]">
        {acts.map(({ name, slug }) => (
          <li key={name} className="flex min-h-8 items-center">
            {slug ? (
              <Link to={`/artists/${slug}`}>
                <bdi>{name}</bdi>
              </Link>
            ) : (
              <bdi>{name}</bdi>
            )}
          </li>
        ))}
      </ol>
      {note && <p className="mt-1 text-sm text-ink-2">{note}</p>}
    </section>
  );
}

const bases: Record<Setlist["basis"], string> = {
  history: "what they played",
  popularity: "how popular their songs are",
  catalogue: "the list of their songs",
};

/** What made the odds: a model, where there are shows enough for one. */
const models = {
  fitted: "fitted to many artists’ shows",
  few: "none: counted, not modelled",
  none: "none: the order of their catalogue",
};

function Trust({ about }: { about: NonNullable<ShowPage["about"]> }) {
  const { repeatRate, expectedSongs, showsKnown, model, basis } = about;
  return (
    <section>
      <h2>How far to trust this</h2>
      <dl className="facts">
        <dt>Made from</dt>
        <dd>{bases[basis]}</dd>
        <dt>Past shows known</dt>
        <dd>{showsKnown}</dd>
        {repeatRate !== null && repeatRate !== undefined && (
          <>
            <dt>Kept from night to night</dt>
            <dd>
              {Math.round(repeatRate * 100)}%
              <Boxes filled={Math.round(repeatRate * expectedSongs)} of={expectedSongs} />
            </dd>
            <dt>Changes a night</dt>
            <dd>about {count(Math.round((1 - repeatRate) * expectedSongs), "song")}</dd>
          </>
        )}
        <dt>Model</dt>
        <dd>{`${basis !== "history" ? models.none : showsKnown < FEW_SHOWS ? models.few : models.fitted} (${model})`}</dd>
      </dl>
    </section>
  );
}
