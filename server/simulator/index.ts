/** The upstreams over local HTTP: an invented world that lives on from day to day, with faults on demand. */
import type { AddressInfo } from "node:net";
import type { Controls } from "./control.ts";
import { makeFaults, type Fault } from "./faults.ts";
import { makeServer, type LoggedRequest } from "./http.ts";
import { musicbrainz } from "./musicbrainz/index.ts";
import type { Service, Upstream } from "./service.ts";
import { setlistfm } from "./setlistfm/index.ts";
import { spotifyAccounts } from "./spotify/accounts.ts";
import { spotify, type SpotifyKey } from "./spotify/index.ts";
import { ticketmaster } from "./ticketmaster/index.ts";
import { buildWorld } from "./world/index.ts";
import { casts, type WorldName } from "./world/worlds.ts";

export { faultKinds, type Fault, type FaultKind } from "./faults.ts";
export type { LoggedRequest } from "./http.ts";
export { upstreams, type Upstream } from "./service.ts";
export { spotifyKeys, type SpotifyKey } from "./spotify/index.ts";
export { worldNames, worlds, type WorldName } from "./world/worlds.ts";

export type SimulatorOptions = {
  /** 0, the default, takes a free one */
  port?: number;
  host?: string;
  /** another seed, other nights and other songs; artists and their ids stay */
  seed?: string;
  now?: () => Date;
  world?: WorldName;
  /** the only API key any service takes; Spotify's client id and secret */
  key?: string;
  /** what Spotify gives to it, `development` by default */
  spotify?: SpotifyKey;
  /** raises every limit */
  rateFactor?: number;
};

export type Simulator = {
  port: number;
  urls: Record<Upstream, string>;
  artists(): { name: string; tmAttractionId: string; mbid?: string; spotifyId?: string }[];
  /** newest last; the last 10,000 */
  requests(): LoggedRequest[];
  clearRequests(): void;
  /** replaces all faults */
  setFaults(faults: Fault[]): void;
  /** puts the world's clock to this moment, from which it runs on */
  setNow(date: Date): void;
  /** what Spotify gives to the key from now on */
  setSpotify(key: SpotifyKey): void;
  stop(): Promise<void>;
};

const LOG_LENGTH = 10_000;

/** Starts the upstreams on one local port. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, host = "127.0.0.1", seed = "theset", world: name = "default" } = options;
  const { key = "simulator", rateFactor = 1 } = options;
  let now = options.now ?? (() => new Date());
  let requests: LoggedRequest[] = [];
  const world = buildWorld(name, seed);
  const faults = makeFaults(seed);
  let spotifyKey = options.spotify ?? "development";
  const accounts = spotifyAccounts(key);
  const services: Record<Upstream, Service> = {
    ticketmaster: ticketmaster(world, key, rateFactor),
    spotify: spotify(world, () => spotifyKey, accounts.takes, rateFactor),
    "spotify-accounts": accounts.service,
    setlistfm: setlistfm(world, key, rateFactor),
    musicbrainz: musicbrainz(world, rateFactor),
  };

  const server = makeServer({
    services,
    faults,
    controls: () => controls,
    now: () => now(),
    log(request) {
      requests.push(request);
      if (requests.length > LOG_LENGTH) requests = requests.slice(-LOG_LENGTH / 2);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });

  const address = server.address() as AddressInfo;
  const origin = `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${address.port}`;
  const controls: Controls & Simulator = {
    port: address.port,
    about: casts[name].about,
    urls: Object.fromEntries(
      Object.entries(services).map(([name, { base }]) => [name, origin + base]),
    ) as Record<Upstream, string>,
    now: () => now(),
    artists: () =>
      world.artists.map(({ name, tmAttractionId, mbid, spotifyId }) => ({
        name,
        tmAttractionId,
        mbid,
        spotifyId,
      })),
    requests: () => [...requests],
    clearRequests: () => void (requests = []),
    setFaults: faults.set,
    setNow(date) {
      const ahead = date.getTime() - Date.now();
      now = () => new Date(Date.now() + ahead);
    },
    setSpotify: (key) => void (spotifyKey = key),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Hanging and dripping answers would keep it open for ever.
        server.closeAllConnections();
      }),
  };
  return controls;
}
