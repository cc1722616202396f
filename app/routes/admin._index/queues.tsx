/** Every queue, problem queues first, with what it did over the range. */
import { Link } from "@remix-run/react";
import { Grid } from "../../components/control/grid";
import { PauseForm } from "../../components/control/pause-form";
import { Sparkline } from "../../components/control/sparkline";
import { State, type StateKind } from "../../components/control/state";
import { grouped } from "../../formats";
import { Cut } from "./cut";
import { spans } from "./top";
import type { Overview } from "./use-overview";
import { rate, took, waited } from "./words";

type Part<Name extends keyof Overview> = Extract<Overview[Name], { cut: false }>;
type Queue = Part<"queues">["value"][number];
type Series = Part<"series">["value"]["queues"][number];

const looks: Record<Queue["state"], [StateKind, string]> = {
  behind: ["behind", "Behind"],
  paused: ["paused", "Paused"],
  failing: ["failed", "With failures"],
  busy: ["busy", "Busy"],
  fine: ["fine", "Fine"],
};

export function Queues({ overview }: { overview: Overview }) {
  const { queues, series, range } = overview;
  const of = (name: string) =>
    series.cut ? undefined : series.value.queues.find(({ queue }) => queue === name);
  return (
    <section id="queues" aria-labelledby="queues-h">
      <div className="mt-7 flex flex-wrap items-end justify-between gap-x-4">
        <h2 id="queues-h" className="!mt-0 !border-0">
          Queues
        </h2>
        <nav aria-label="Time range" className="flex flex-wrap gap-x-3">
          {(Object.keys(spans) as (keyof typeof spans)[]).map((name) => (
            <Link
              key={name}
              to={`?range=${name}`}
              preventScrollReset
              className="tap"
              aria-current={name === range ? "true" : undefined}
            >
              {name === range ? <b>{spans[name]}</b> : spans[name]}
            </Link>
          ))}
        </nav>
      </div>
      <div className="border-t-2 border-ink">
        {series.cut && (
          <p className="note note-warn">
            Figures over time were cut off; they are asked for again by itself.
          </p>
        )}
        <Cut part={queues}>
          {(rows) => (
            <Grid label="Queues, problems first">
              <thead>
                <tr>
                  <th scope="col">Queue</th>
                  <th scope="col" className="hidden tablet:table-cell">
                    State
                  </th>
                  <th scope="col" className="num">
                    Waiting
                  </th>
                  <th scope="col" className="num">
                    Running
                  </th>
                  <th scope="col" className="num">
                    Failed
                  </th>
                  <th scope="col" className="num">
                    Oldest
                  </th>
                  <th scope="col">Waiting, {spans[range]}</th>
                  <th scope="col">Done a minute</th>
                  <th scope="col">Took: p50, p95</th>
                  <th scope="col">
                    <span className="sr-only">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((queue) => (
                  <Row key={queue.name} queue={queue} series={of(queue.name)} span={spans[range]} />
                ))}
              </tbody>
            </Grid>
          )}
        </Cut>
      </div>
    </section>
  );
}

function Row({ queue, series, span }: { queue: Queue; series: Series | undefined; span: string }) {
  const { name, waiting, active, failed, oldestWaitingSeconds, paused } = queue;
  const [kind, word] = looks[queue.state];
  return (
    <tr>
      <th scope="row" className="whitespace-nowrap">
        <Link to={`/admin/queues/${name}`}>{name}</Link>
        <span className="block font-normal tablet:hidden">
          <State kind={kind}>{word}</State>
        </span>
      </th>
      <td className="hidden tablet:table-cell">
        <State kind={kind}>{word}</State>
      </td>
      <td className="num">{grouped(waiting)}</td>
      <td className="num">{grouped(active)}</td>
      <td className="num">
        {failed > 0 ? <Link to={`/admin/queues/${name}?state=failed`}>{grouped(failed)}</Link> : "0"}
      </td>
      <td className="num">{waited(oldestWaitingSeconds)}</td>
      <td>
        {series && <Line values={series.waiting} of={`Jobs of ${name} that wait, ${span}`} say={grouped} />}
      </td>
      <td>
        {series && (
          <span className="flex items-baseline gap-2 whitespace-nowrap">
            <Line values={series.perMinutes} of={`Jobs of ${name} done a minute, ${span}`} say={rate} />
            {rate(series.perMinute)}
          </span>
        )}
      </td>
      <td>
        {series && series.p95Ms === null && <span className="text-ink-2">no job ended</span>}
        {series && series.p95Ms !== null && (
          <span className="flex items-baseline gap-2 whitespace-nowrap">
            <Line
              values={series.p95s}
              of={`Time that 95 of 100 jobs of ${name} took at most, ${span}`}
              say={took}
            />
            {took(series.p50Ms)}, {took(series.p95Ms)}
          </span>
        )}
      </td>
      <td className="text-right">
        <PauseForm queue={name} paused={paused} />
      </td>
    </tr>
  );
}

function Line(props: { values: (number | null)[]; of: string; say: (value: number) => string }) {
  const known = props.values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const desc = `From ${props.say(Math.min(...known))} to ${props.say(Math.max(...known))}, now ${props.say(known.at(-1) ?? 0)}.`;
  return <Sparkline values={props.values} title={props.of} desc={desc} />;
}
