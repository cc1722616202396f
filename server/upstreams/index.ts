/** The services we ask, behind one door: web and worker each make one of these and ask nobody else. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Db } from "#db/index";
import type { Logger } from "#server/log";
import type { UpstreamName } from "./errors.ts";
import { createSetlistfm, type Setlistfm } from "./setlistfm/index.ts";
import { readTooMany as setlistfmTooMany } from "./setlistfm/too-many.ts";
import { createMinutes } from "./minutes.ts";
import { createMusicBrainz } from "./musicbrainz/index.ts";
import type { MusicBrainz } from "./musicbrainz/nouns.ts";
import { readTooMany as musicbrainzTooMany } from "./musicbrainz/too-many.ts";
import { createSpotify } from "./spotify/index.ts";
import type { Spotify } from "./spotify/nouns.ts";
import { readTooMany as spotifyTooMany } from "./spotify/too-many.ts";
import { createTicketmaster, type Ticketmaster } from "./ticketmaster/index.ts";
import { readTooMany as ticketmasterTooMany } from "./ticketmaster/too-many.ts";
import { clientCredentials } from "./token.ts";
import { defaultLimits, type Limits, type Upstream } from "./upstream.ts";

export { describe, UpstreamError, type UpstreamErrorKind, type UpstreamName } from "./errors.ts";
export type { CallOptions } from "./upstream.ts";
export type { Attraction } from "./ticketmaster/attractions.ts";
export type { ListingsPage, Ticketmaster } from "./ticketmaster/index.ts";
export type { PlayedSetlist, PlayedSetlistSong } from "./setlistfm/setlists.ts";
export type { Setlistfm, SetlistsPage } from "./setlistfm/index.ts";

/** rps: calls a second; perDay: calls in 24 hours; both over all processes that use this key. */
export type UpstreamConfig = { url: string; key: string; rps: number; perDay: number };

export type UpstreamsConfig = {
  /** an address or a page: who asks, sent along with every call */
  contact: string;
  /** absent: not configured */
  ticketmaster?: UpstreamConfig | undefined;
  /** `url` of the Web API, `accountsUrl` of the token server, `key` the client id */
  spotify?: (UpstreamConfig & { accountsUrl: string; secret: string }) | undefined;
  setlistfm?: UpstreamConfig | undefined;
  /** needs no key */
  musicbrainz?: Omit<UpstreamConfig, "key"> | undefined;
};

/** A service that is set up, and what it grants the key: by these its rows are found in the shared tables. */
export type Account = { upstream: UpstreamName; keyHash: string; rps: number; perDay: number };

export type Upstreams = {
  ticketmaster: Ticketmaster;
  spotify: Spotify;
  setlistfm: Setlistfm;
  musicbrainz: MusicBrainz;
  accounts: Account[];
  /** writes what was counted of the last calls */
  stop(): Promise<void>;
};

export function createUpstreams(args: {
  db: Db;
  log: Logger;
  config: UpstreamsConfig;
  limits?: Partial<Limits>;
}): Upstreams {
  const { config } = args;
  const minutes = createMinutes(args);
  const wiring = {
    db: args.db,
    log: args.log,
    limits: { ...defaultLimits, ...args.limits },
    flights: new Map(),
    minutes,
  };
  const userAgent = `TheSet/${version()} ( ${config.contact.replace(/[^\x20-\x7e]/g, "")} )`;
  const accounts: Account[] = [];
  const shared = (name: UpstreamName, { url, key, rps, perDay }: UpstreamConfig) => {
    const keyHash = hashKey(key);
    accounts.push({ upstream: name, keyHash, rps, perDay });
    return { name, url: url.replace(/\/+$/, ""), keyHash, rps, perDay, userAgent };
  };
  return {
    accounts,
    stop: minutes.stop,
    ticketmaster: createTicketmaster(
      config.ticketmaster && {
        ...shared("ticketmaster", config.ticketmaster),
        auth: { query: { apikey: config.ticketmaster.key } },
        readTooMany: ticketmasterTooMany,
      },
      wiring,
    ),
    spotify: createSpotify(config.spotify && spotify(config.spotify), wiring),
    setlistfm: createSetlistfm(
      config.setlistfm && {
        ...shared("setlistfm", config.setlistfm),
        auth: { headers: { "x-api-key": config.setlistfm.key } },
        readTooMany: setlistfmTooMany,
      },
      wiring,
    ),
    musicbrainz: createMusicBrainz(
      config.musicbrainz && {
        ...shared("musicbrainz", { ...config.musicbrainz, key: "" }),
        auth: {},
        readTooMany: musicbrainzTooMany,
        tooManyStatus: 503,
      },
      wiring,
    ),
  };

  function spotify(given: NonNullable<UpstreamsConfig["spotify"]>): Upstream {
    const upstream = shared("spotify", { ...given, key: `${given.key}:${given.secret}` });
    const accounts = {
      name: "spotify" as const,
      url: given.accountsUrl.replace(/\/+$/, ""),
      userAgent,
      readTooMany: spotifyTooMany,
    };
    const token = clientCredentials(accounts, { id: given.key, secret: given.secret });
    return { ...upstream, auth: { token }, readTooMany: spotifyTooMany };
  }
}

/** As limits and refusals are kept: a new key starts afresh, and the key itself is in no row. */
export function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 16);
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
