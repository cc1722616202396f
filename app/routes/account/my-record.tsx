import { Form, Link } from "@remix-run/react";
import { LEAST_SHOWS } from "#rules/leaderboard";
import { Covered } from "../../components/covered";
import { count, dayMonth, grouped } from "../../formats";
import type { AccountPage } from "./page.server";

type Record = NonNullable<AccountPage["record"]>;
type Props = { record: Record; guest: boolean; today: string };

/** How right I was: means, place, best calls, and whether my name stands on the leaderboard. */
export function MyRecord({ record, guest, today }: Props) {
  const { shows, mean, right, place, first, best, firsts, covered } = record;
  return (
    <section id="record" className="sheet lift min-w-0" aria-labelledby="my-record">
      <div className="head">
        <h2 id="my-record">My record</h2>
        <Link to="/leaderboard" className="tap ml-auto text-[15px]">
          The leaderboard
        </Link>
      </div>
      {shows === 0 ? (
        <p className="pt-3 text-ink-2">
          No show that you voted on is scored yet. Will play counts: once somebody has written down what was
          played, most often the same night, your share of it stands here.
        </p>
      ) : (
        <dl className="facts pt-3 !text-[15px]">
          <dt>Shows scored</dt>
          <dd>{grouped(shows)}</dd>
          <dt>On average</dt>
          <dd>
            {mean} songs, {right}
          </dd>
          <dt>{record.season} season</dt>
          <dd>{placeOf(place, record.ranked, guest)}</dd>
        </dl>
      )}
      {covered && best.length === 0 && shows > 0 && (
        <div className="pt-4">
          <Covered what="Covered, as you asked" link="Show my best calls" hash="#record" />
        </div>
      )}
      <Calls
        title="My best calls"
        text="named by me, played, at the lowest odds"
        calls={best}
        today={today}
      />
      <Calls
        title="Called before anyone"
        text={`${count(firsts, "song")} that nobody had named for that show before me; at the lowest odds, without the calls above`}
        calls={first}
        today={today}
      />
      {!guest && <Named isNamed={record.isNamed} />}
    </section>
  );
}

function placeOf(place: number | null, ranked: number, guest: boolean): string {
  if (place !== null) return `${grouped(place)} of ${grouped(ranked)}`;
  return guest
    ? "Guests have no place: join, and your votes come with you"
    : `A place takes ${LEAST_SHOWS} shows`;
}

type CallsProps = { title: string; text: string; calls: Record["best"]; today: string };

function Calls({ title, text, calls, today }: CallsProps) {
  if (calls.length === 0) return null;
  return (
    <>
      <h3 className="pt-5">{title}</h3>
      <p className="text-sm text-ink-2">{text}</p>
      <ol role="list" className="rows">
        {calls.map(({ song, odds, others, slug, artist, localDate }, n) => (
          <li key={n} className="flex flex-wrap items-baseline gap-x-3 py-2">
            <b>
              <bdi>{song}</bdi>
            </b>
            <span className="text-sm">{odds}</span>
            <span className="text-sm text-ink-2">
              <Link to={`/shows/${slug}`}>
                <bdi>{artist}</bdi>
                {localDate && `, ${dayMonth(localDate, today)}`}
              </Link>
              {`, ${others}`}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Named({ isNamed }: { isNamed: boolean }) {
  return (
    <Form method="post" preventScrollReset className="mt-5 flex flex-wrap items-center gap-3">
      <input type="hidden" name="named" value={isNamed ? "0" : "1"} />
      <button name="act" value="named" aria-pressed={isNamed} className="btn btn-small">
        My name on the leaderboard
      </button>
      <span className="text-sm text-ink-2">
        {isNamed ? "Others see your name beside your place." : "Others see A fan in its place."}
      </span>
    </Form>
  );
}
