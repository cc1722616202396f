/** The services we ask: how they are, what is left of their budgets, and how they answered minute by minute. */
import { clock } from "#rules/problems";
import { Heartbeat } from "../../components/control/heartbeat";
import { Press } from "../../components/control/press";
import { State, type StateKind } from "../../components/control/state";
import { grouped } from "../../formats";
import { Cut } from "./cut";
import type { Overview } from "./use-overview";
import { moment, took } from "./words";

type Upstream = Extract<Overview["upstreams"], { cut: false }>["value"][number];

export function Upstreams({ overview: { upstreams, at } }: { overview: Overview }) {
  return (
    <section id="upstreams" aria-labelledby="upstreams-h">
      <h2 id="upstreams-h">Services</h2>
      <Cut part={upstreams}>
        {(lines) => (
          <ul role="list" className="grid gap-x-9 desk:grid-cols-2">
            {lines.map((upstream) => (
              <Service key={upstream.name} upstream={upstream} now={at} />
            ))}
          </ul>
        )}
      </Cut>
      <p className="pt-2 text-xs text-ink-2">
        One bar a minute, the last half hour: tall answered, short slow or told to wait, crossed failed, stub
        no calls.
      </p>
    </section>
  );
}

function stateOf({ configured, state, spent, until }: Upstream): [StateKind, string] {
  if (!configured) return ["idle", "Not configured"];
  if (state === "refused") return ["closed", "Refuses our key"];
  const when = until ? ` until ${clock(until)}` : "";
  if (state === "closed") return ["closed", spent ? `Day's calls spent${when}` : `Left alone${when}`];
  return ["fine", state === "simulated" ? "Simulated" : "Asked"];
}

function Service({ upstream, now }: { upstream: Upstream; now: string }) {
  const { name, title, configured, state, spent, lastError, lastErrorAt, bars } = upstream;
  const [kind, word] = stateOf(upstream);
  const shut = state === "refused" || (state === "closed" && !spent);
  return (
    <li className="grid grid-cols-[110px_minmax(0,1fr)] gap-x-3 border-b border-line py-2.5">
      <h3 className="!text-sm font-[650]">{title}</h3>
      <div className="grid content-start gap-0.5">
        <p className="flex flex-wrap items-center gap-x-3">
          <State kind={kind}>{word}</State>
          {shut && (
            <Press act="open" fields={{ subject: name }} name={`Ask ${title} again`}>
              Ask it again
            </Press>
          )}
        </p>
        {configured ? (
          <Budget {...upstream} />
        ) : (
          <p className="text-ink-2">It is asked nothing: no key is set.</p>
        )}
        {lastError && lastErrorAt && (
          <p className="text-ink-2">
            Last trouble {moment(lastErrorAt, now)}: <bdi>{lastError}</bdi>
          </p>
        )}
        <div className="pt-1">
          <Heartbeat minutes={bars} of={title} />
        </div>
      </div>
    </li>
  );
}

function Budget({ usedToday, perDay, rps, freeThisSecond, meanMs, mostMs }: Upstream) {
  return (
    <p className="text-ink-2">
      {grouped(usedToday)} of {grouped(perDay)} today, {grouped(Math.max(0, perDay - usedToday))} left;{" "}
      {freeThisSecond} of {rps} a second free.{" "}
      {meanMs === null
        ? "No answer in 5 minutes."
        : `Answers take ${took(meanMs)}, ${took(mostMs)} at most (5 minutes).`}
    </p>
  );
}
