import { Link, useLocation } from "@remix-run/react";
import { Covered } from "../../components/covered";
import { Boxes } from "../../components/boxes";
import { Gaff } from "../../components/gaff";
import { Ban, Clock, Hourglass, Lock } from "../../components/icons";
import { count } from "../../formats";
import type { Votes } from "../../use-votes";
import type { Left } from "./ballot";
import { Ballots } from "./ballots";
import type { ShowPage } from "./page.server";
import { Parts } from "./parts";
import type { Order, Sheet } from "./sheet";

const icons = { cancelled: Ban, postponed: Hourglass, past: Lock };

type Props = {
  list?: NonNullable<ShowPage["list"]>;
  /** how many songs are covered, where the visitor wants to be surprised */
  covered?: number;
  begun: boolean;
  /** somebody has written down what they played */
  over: boolean;
  label: string;
  show: ShowPage["show"];
  votes: Votes;
  left: Left;
};

/** The sheet: what we think they will play and what fans vote for, or why there is none yet. */
export function Setlist({ list, covered, begun, over, label, show, votes, left }: Props) {
  const { status, artist } = show;
  const icon =
    status in icons ? icons[status as keyof typeof icons] : list?.voting.open === false ? Lock : Clock;
  return (
    <section className="sheet lift taped" aria-labelledby="setlist">
      <Gaff icon={icon}>{label}</Gaff>
      {covered !== undefined && (
        <>
          <h2 id="setlist" className="mb-2">
            Covered, as you asked
          </h2>
          <Covered what={count(covered, "song")} link={over ? "Show the result" : "Show the setlist"} />
        </>
      )}
      {list && (
        <>
          <Words sheet={list.sheet} gone={status === "cancelled" || status === "past"} />
          {!list.voting.open && !list.counted && (
            <p className="note my-3">
              {`${list.voting.sentence}${list.voting.why} ${list.voting.rest}`.trimEnd()}
            </p>
          )}
          {list.counted ? (
            <Ballots list={list} votes={votes} left={left} showId={show.id} />
          ) : (
            <Parts parts={list.sheet.parts} voting="none" />
          )}
        </>
      )}
      {!list && covered === undefined && (
        <NoOdds artist={artist.name} cancelled={status === "cancelled"} begun={begun} />
      )}
    </section>
  );
}

function Words({ sheet, gone }: { sheet: Sheet; gone: boolean }) {
  const title = gone ? "What we thought they would play" : "What we think they will play";
  return (
    <>
      <h2 id="setlist">{sheet.guess ? "Anyone’s guess, and we say so" : title}</h2>
      <p className="mt-1 text-sm text-ink-2">
        {!gone && !sheet.caveat && sheet.expectation}
        {sheet.guess && " Ranked by odds; there is no running order to predict."}
      </p>
      {!gone && sheet.trust && <Boxes filled={sheet.trust.right} of={sheet.trust.of} />}
      {!gone && sheet.shape && <Shape {...sheet.shape} guess={sheet.guess} />}
      {sheet.caveat && (
        <p className="note note-warn my-3">
          {sheet.expectation} {sheet.caveat}
        </p>
      )}
      <Orders order={sheet.order} guess={sheet.guess} played={sheet.shape !== undefined} />
      <Key />
    </>
  );
}

function Shape({ songs, opener, encore, guess }: NonNullable<Sheet["shape"]> & { guess: boolean }) {
  return (
    <p className="text-sm text-ink-2">
      {`${count(songs, "song")} expected${guess ? ", most likely to open: " : ", "}`}
      <bdi className="font-[650] text-ink">{opener}</bdi>
      {!guess && " to open"}
      {!guess && encore > 0 && `, ${encore} in the encore`}.
    </p>
  );
}

const orderNames: Record<Order, string> = {
  running: "Running order",
  likely: "Most likely",
  wanted: "Most wanted",
  rarest: "Rarest",
};

/** @param played the list is from shows: without any, no song is rare */
function Orders({ order, guess, played }: { order: Order; guess: boolean; played: boolean }) {
  const { pathname, search } = useLocation();
  const first = guess ? "likely" : "running";
  const names = Object.entries(orderNames).filter(
    ([name]) => (!guess || name !== "running") && (played || name !== "rarest"),
  );
  const to = (name: string) => {
    const params = new URLSearchParams(search);
    if (name === first) params.delete("order");
    else params.set("order", name);
    return params.size > 0 ? `${pathname}?${params}` : pathname;
  };
  return (
    <nav className="tabs no-print" aria-label="Order">
      {names.map(([name, words]) => (
        <Link key={name} to={to(name)} preventScrollReset aria-current={order === name ? "true" : undefined}>
          {words}
        </Link>
      ))}
    </nav>
  );
}

/** How the line under a song is to be read. */
function Key() {
  return (
    <p className="key">
      <span>
        <svg width="34" height="10" aria-hidden="true">
          <rect width="24" height="4" y="4" fill="currentColor" />
          <rect x="24" width="10" height="1" y="7" fill="currentColor" opacity=".4" />
        </svg>
        our odds
      </span>
      <span>
        <svg width="34" height="12" aria-hidden="true">
          <rect width="34" height="1" y="8" fill="currentColor" opacity=".4" />
          <rect x="20" width="3" height="11" y="1" fill="currentColor" />
        </svg>
        fans’ share
      </span>
      <span>
        <svg width="34" height="12" aria-hidden="true">
          <path d="M0 1h32l-3 5 3 5H0z" className="fill-tape-will" />
        </svg>
        you
      </span>
    </p>
  );
}

/** Odds are made before a show; one that was not known here by then has none, and gets none. */
function NoOdds({ artist, cancelled, begun }: { artist: string; cancelled: boolean; begun: boolean }) {
  if (cancelled || begun)
    return (
      <>
        <h2 id="setlist">No odds for this show</h2>
        <p className="mt-1">
          {cancelled
            ? "None were worked out before it was cancelled."
            : "None were worked out before it began. What they played appears here once somebody has written it down at setlist.fm."}
        </p>
      </>
    );
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
