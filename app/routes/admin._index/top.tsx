/** How it goes, in the first five seconds: a word, the problems with what to press, six figures. */
import { Link } from "@remix-run/react";
import { clock } from "#rules/problems";
import { Press } from "../../components/control/press";
import { CircleDot, CirclePause, LoaderCircle, TriangleAlert } from "../../components/icons";
import { count, grouped } from "../../formats";
import type { Live, Overview } from "./use-overview";
import { rate, took, waited } from "./words";

export function Headline({ live }: { live: Live }) {
  const { problems } = live.overview;
  const word = problems.some(({ level }) => level === "bad")
    ? "In trouble"
    : problems.length > 0
      ? "Running"
      : "All is well";
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
      <h1>{word}</h1>
      <p role="status" className="sr-only">
        {word}
        {problems.length > 0 && `, ${count(problems.length, "problem")}`}
      </p>
      <Freshness {...live} />
    </div>
  );
}

function Freshness({ overview, state, secondsAgo }: Live) {
  const look = {
    live: { icon: CircleDot, colour: "text-ok", words: `Live, updated ${secondsAgo} s ago` },
    reconnecting: {
      icon: LoaderCircle,
      colour: "text-warn",
      words: `Reconnecting, as of ${clock(overview.at)}`,
    },
    stopped: {
      icon: CirclePause,
      colour: "text-bad",
      words: "Stopped: sign in as an administrator again",
    },
    loaded: { icon: CirclePause, colour: "text-ink-2", words: `As of ${clock(overview.at)}` },
  }[state ?? "loaded"];
  return (
    <p className={`flex items-center gap-1.5 font-[650] ${look.colour}`}>
      <look.icon size={16} aria-hidden="true" />
      {look.words}
      <noscript>, renewed every 10 s</noscript>
    </p>
  );
}

export function Problems({ problems }: Pick<Overview, "problems">) {
  if (problems.length === 0) return null;
  return (
    <ul role="list" aria-label="Problems" className="mt-3 grid gap-2">
      {problems.map(({ level, title, text, press, link }) => (
        <li
          key={`${title}${press?.subject}`}
          className={`note !my-0 ${level === "bad" ? "note-bad" : "note-warn"}`}
        >
          <span className="mr-1.5 inline-flex align-[-3px]">
            <TriangleAlert size={16} aria-label={level === "bad" ? "Problem:" : "Warning:"} />
          </span>
          <b>
            <bdi>{title}</bdi>
          </b>{" "}
          <bdi>{text}</bdi> {link && <Way {...link} />}
          {press && (
            <span className="ml-2 inline-block">
              <Press
                act={press.act}
                fields={press.act === "resume" ? { queue: press.subject } : { subject: press.subject }}
                name={`${press.words}: ${press.subject}`}
              >
                {press.words}
              </Press>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Way({ to, words }: { to: string; words: string }) {
  return to.startsWith("#") ? <a href={to}>{words}</a> : <Link to={to}>{words}</Link>;
}

export function Figures({ overview }: { overview: Overview }) {
  const { queues, imports, failures, series, range } = overview;
  const oldest = queues.cut
    ? null
    : queues.value.reduce<number | null>(
        (most, { oldestWaitingSeconds: s, paused }) => (s !== null && !paused && s > (most ?? -1) ? s : most),
        null,
      );
  const figures = [
    [imports.cut ? "–" : grouped(imports.value.running), "imports running"],
    [queues.cut ? "–" : grouped(queues.value.reduce((sum, { waiting }) => sum + waiting, 0)), "jobs waiting"],
    [failures.cut ? "–" : grouped(failures.value.attempts), "failed in 24 hours"],
    [waited(oldest), "oldest waiting"],
    [rate(perMinute(series)), `jobs a minute, ${spans[range]}`],
    [series.cut ? "–" : took(series.value.stepP95Ms), `p95 of an import step, ${spans[range]}`],
  ] as const;
  return (
    <dl className="mt-4 grid grid-cols-2 border-b border-t-2 border-b-line border-t-ink tablet:grid-cols-3 desk:grid-cols-6">
      {figures.map(([figure, words]) => (
        <div
          key={words}
          className="flex flex-col-reverse justify-end border-l border-line px-2 py-2 first:border-l-0"
        >
          <dt className="text-xs text-ink-2">{words}</dt>
          <dd className="control-figure">{figure}</dd>
        </div>
      ))}
    </dl>
  );
}

export const spans: Record<Overview["range"], string> = {
  "15m": "last 15 min",
  "1h": "last hour",
  "6h": "last 6 hours",
  "24h": "last 24 hours",
};

function perMinute(series: Overview["series"]): number | null {
  if (series.cut) return null;
  const known = series.value.queues.filter(({ perMinute }) => perMinute !== null);
  return known.length === 0 ? null : known.reduce((sum, queue) => sum + (queue.perMinute ?? 0), 0);
}
