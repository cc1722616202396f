import { Link, useLocation } from "@remix-run/react";
import { Gaff } from "../../components/gaff";
import { Ban, Clock, Hourglass, Lock } from "../../components/icons";
import type { Part, Row, Sheet } from "./sheet";

const icons = { cancelled: Ban, postponed: Hourglass, past: Lock };

type Props = { sheet?: Sheet; label: string; status: string; artist: string };

/** The sheet: what we think they will play, or why there is none yet. */
export function Setlist({ sheet, label, status, artist }: Props) {
  return (
    <section className="sheet lift taped" aria-labelledby="setlist">
      <Gaff icon={status in icons ? icons[status as keyof typeof icons] : Clock}>{label}</Gaff>
      {sheet ? (
        <Songs sheet={sheet} gone={status === "cancelled" || status === "past"} />
      ) : (
        <NoOdds artist={artist} />
      )}
    </section>
  );
}

function Songs({ sheet, gone }: { sheet: Sheet; gone: boolean }) {
  const title = gone ? "What we thought they would play" : "What we think they will play";
  return (
    <>
      <h2 id="setlist">{sheet.guess ? "Anyone’s guess, and we say so" : title}</h2>
      <p className="mt-1 text-sm text-ink-2">
        {!gone && !sheet.caveat && sheet.expectation}
        {sheet.guess && " Ranked by odds; there is no running order to foretell."}
      </p>
      {sheet.caveat && (
        <p className="note note-warn my-3">
          {sheet.expectation} {sheet.caveat}
        </p>
      )}
      {!sheet.guess && <Orders order={sheet.order} />}
      <Key />
      {sheet.parts.map((part) => (
        <SongPart key={part.name} part={part} />
      ))}
    </>
  );
}

function Orders({ order }: { order: Sheet["order"] }) {
  const { pathname } = useLocation();
  return (
    <nav className="tabs no-print" aria-label="Order">
      <Link to={pathname} preventScrollReset aria-current={order === "running" ? "true" : undefined}>
        Running order
      </Link>
      <Link
        to={`${pathname}?order=likely`}
        preventScrollReset
        aria-current={order === "likely" ? "true" : undefined}
      >
        Most likely
      </Link>
    </nav>
  );
}

function Key() {
  return (
    <p className="flex items-center gap-1.5 border-b-2 border-ink pb-2 pt-1 text-xs text-ink-2">
      <svg width="34" height="10" aria-hidden="true" className="flex-none">
        <rect width="24" height="4" y="4" fill="currentColor" />
        <rect x="24" width="10" height="1" y="7" fill="currentColor" opacity=".4" />
      </svg>
      longer and heavier: surer
    </p>
  );
}

function SongPart({ part }: { part: Part }) {
  return (
    <>
      {part.name === "encore" && <Break id="encore" title="Encore" />}
      {part.name === "wings" && (
        <Break id="wings" title="In the wings" text="not in our list, still possible" />
      )}
      <ol role="list" aria-labelledby={part.name === "set" ? "setlist" : part.name}>
        {part.rows.map((row) => (
          <Song key={row.id} {...row} />
        ))}
      </ol>
    </>
  );
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

function Song({ id, rank, title, percent, word, why }: Row) {
  return (
    <li id={`s-${id}`} className={`song p${percent}`}>
      <span className="rank">{rank}</span>
      <div>
        <span className="title title-odds">
          <bdi>{title}</bdi>
        </span>
        <span className="odds">
          <b>{percent}%</b> {word}
        </span>{" "}
        {why && <span className="why">{why}</span>}
      </div>
    </li>
  );
}

function NoOdds({ artist }: { artist: string }) {
  return (
    <>
      <h2 id="setlist">No odds yet</h2>
      <p className="mt-1">
        No past show and no song of <bdi>{artist}</bdi> is known yet. The odds come by themselves as soon as
        there is one.
      </p>
    </>
  );
}
