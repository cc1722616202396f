/** Each service's key, by one real call through the clients that everything else uses. */
import { randomUUID } from "node:crypto";
import pino from "pino";
import type { Db } from "#db/index";
import { findUpstreamState, openUpstream } from "#db/queries/upstream-state";
import { type Env, upstreamConfig } from "#server/env";
import { titles } from "#server/upstreams/errors";
import { createUpstreams, UpstreamError, type UpstreamName, type Upstreams } from "#server/upstreams/index";
import { defaultLimits } from "#server/upstreams/upstream";
import { wordsOf } from "../terminal.ts";
import { type Answer, type Check, failed, off, ok } from "./check.ts";

/** A slow service answers within this; a turn among the workers' calls comes sooner. */
const PATIENCE_MS = 15_000;
const limits = { ...defaultLimits, tries: 1, tryMs: 10_000, callMs: 10_000 };

const services: Record<UpstreamName, { keys: string; prefix: string }> = {
  ticketmaster: { keys: "TICKETMASTER_API_KEY", prefix: "TICKETMASTER" },
  spotify: { keys: "SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET", prefix: "SPOTIFY" },
  setlistfm: { keys: "SETLISTFM_API_KEY", prefix: "SETLISTFM" },
  musicbrainz: { keys: "MUSICBRAINZ_URL", prefix: "MUSICBRAINZ" },
};
const names = Object.keys(services) as UpstreamName[];

/** @param asked the environment with the simulator's addresses where that one is asked */
export async function checkUpstreams(db: Db, asked: Env, simulated: boolean): Promise<Check[]> {
  const log = pino({ level: "silent" });
  const upstreams = createUpstreams({ db, log, config: upstreamConfig(asked), limits });
  try {
    return await Promise.all(
      names.map(async (name) => ({ name: titles[name], ...(await check(db, upstreams, name, simulated)) })),
    );
  } finally {
    await upstreams.stop();
  }
}

async function check(db: Db, upstreams: Upstreams, name: UpstreamName, simulated: boolean): Promise<Answer> {
  const { keys, prefix } = services[name];
  const account = upstreams.accounts.find(({ upstream }) => upstream === name);
  if (!account)
    return name === "musicbrainz"
      ? off(`turned off by ${keys}`)
      : off(`${keys} ${keys.includes(" ") ? "are" : "is"} not set, so its steps are skipped`);
  // What was remembered of an old failure says nothing about now.
  const state = await findUpstreamState(db, account);
  if (state && (state.refused || state.closings > 0)) await openUpstream(db, account);
  const began = performance.now();
  try {
    // A name of this moment: an answer kept from before would prove nothing.
    await ask(upstreams, name, `doctor ${randomUUID().slice(0, 8)}`);
  } catch (error) {
    if (!(error instanceof UpstreamError)) return failed(wordsOf(error), "try again in a minute");
    return failed(
      error.message,
      simulated ? "stop TheSet and start it again" : remedyOf(error, keys, prefix),
    );
  }
  const ms = Math.round(performance.now() - began);
  if (simulated) return off(`no key is set, so it is simulated; the simulator answered in ${ms} ms`);
  return ok(
    name === "musicbrainz" ? `answered in ${ms} ms, and needs no key` : `accepts the key, in ${ms} ms`,
  );
}

async function ask(upstreams: Upstreams, name: UpstreamName, q: string): Promise<void> {
  const options = { signal: AbortSignal.timeout(PATIENCE_MS) };
  if (name === "ticketmaster") await upstreams.ticketmaster.findAttractions(q, options);
  else await upstreams[name].findArtists(q, options);
}

function remedyOf(error: UpstreamError, keys: string, prefix: string): string {
  switch (error.kind) {
    case "refused":
      return `copy the key again into ${keys}, from the service's own page for developers`;
    case "quota":
      return `wait until its day is over, or raise ${prefix}_PER_DAY if the key grants more`;
    case "busy":
    case "closed":
      return `try again in a minute; ${prefix}_RPS is how often it is asked`;
    default:
      return `see whether the service is up, whether this machine may reach it, and whether ${prefix}_URL is right`;
  }
}
