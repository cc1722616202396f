/** The services as an administrator sees them, those that are not set up included. */
import type { DbOrTrx } from "#db/index";
import { listUpstreamOverview, UPSTREAM_BARS, type UpstreamBar } from "#db/queries/upstream-overview";
import type { Services } from "../context.ts";
import { titles, type UpstreamName } from "../upstreams/errors.ts";

export type UpstreamLine = {
  name: UpstreamName;
  /** as the service writes itself */
  title: string;
  configured: boolean;
  /** of a service that is not set up: "ok", nothing is wrong with it */
  state: "ok" | "closed" | "refused" | "simulated";
  /** until when it is left alone, or until its next day where the day is spent */
  until?: Date;
  /** the day's calls are spent */
  spent: boolean;
  usedToday: number;
  perDay: number;
  rps: number;
  freeThisSecond: number;
  lastError?: string;
  lastErrorAt?: Date;
  meanMs: number | null;
  mostMs: number | null;
  /** of the last half hour, the oldest minute first */
  bars: UpstreamBar[];
};

export const upstreamNames = Object.keys(titles) as UpstreamName[];

const noCalls: UpstreamBar = { answered: 0, slow: 0, limited: 0, failed: 0 };

export async function readUpstreams(
  trx: DbOrTrx,
  { upstreams, settings }: Pick<Services, "upstreams" | "settings">,
): Promise<UpstreamLine[]> {
  const known = await listUpstreamOverview(trx, upstreams.accounts);
  return upstreamNames.map((name): UpstreamLine => {
    const found = known.find(({ upstream }) => upstream === name);
    if (!found) return notConfigured(name);
    const { lastError, lastErrorAt, quotaUntil, closedUntil, refused, upstream: _name, ...figures } = found;
    // The day's end comes first: a closing that ends before it opens nothing.
    const until = quotaUntil ?? closedUntil ?? undefined;
    const fine = settings.simulated ? "simulated" : "ok";
    return {
      ...figures,
      name,
      title: titles[name],
      configured: true,
      state: refused ? "refused" : until ? "closed" : fine,
      spent: quotaUntil !== null,
      ...(until && !refused && { until }),
      ...(lastError && { lastError }),
      ...(lastErrorAt && { lastErrorAt }),
    };
  });
}

function notConfigured(name: UpstreamName): UpstreamLine {
  return {
    name,
    title: titles[name],
    configured: false,
    state: "ok",
    spent: false,
    usedToday: 0,
    perDay: 0,
    rps: 0,
    freeThisSecond: 0,
    meanMs: null,
    mostMs: null,
    bars: Array.from({ length: UPSTREAM_BARS }, () => noCalls),
  };
}
