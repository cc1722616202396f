import { upstreamKeys, type Env } from "#server/env";

/** Without any key the upstreams are invented. */
export function isSimulated(env: Env): boolean {
  return upstreamKeys.every((key) => env[key] === undefined);
}

/** What makes our processes ask the simulator on this port instead of the upstreams. */
export function simulatorEnv(port: number): Record<string, string> {
  return {
    UPSTREAMS: "simulated",
    TICKETMASTER_API_KEY: "simulator",
    TICKETMASTER_URL: `http://127.0.0.1:${port}/ticketmaster/discovery/v2`,
    SPOTIFY_CLIENT_ID: "simulator",
    SPOTIFY_CLIENT_SECRET: "simulator",
    SPOTIFY_URL: `http://127.0.0.1:${port}/spotify/v1`,
    SPOTIFY_ACCOUNTS_URL: `http://127.0.0.1:${port}/spotify-accounts`,
    MUSICBRAINZ_URL: `http://127.0.0.1:${port}/musicbrainz/ws/2`,
    SETLISTFM_API_KEY: "simulator",
    SETLISTFM_URL: `http://127.0.0.1:${port}/setlistfm/rest/1.0`,
  };
}
