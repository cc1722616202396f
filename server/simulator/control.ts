/** The simulator's own pages: what a test in another process turns, and a front page for people. */
import { z } from "zod";
import { faultKinds, type Fault, type FaultKind } from "./faults.ts";
import { json, upstreams, type Answer } from "./service.ts";
import { spotifyKeys, type SpotifyKey } from "./spotify/index.ts";

/** What is steered: the running simulator without its start and stop. */
export type Controls = {
  urls: Record<string, string>;
  about: string;
  now(): Date;
  artists(): { name: string; tmAttractionId: string; mbid?: string }[];
  requests(): unknown[];
  clearRequests(): void;
  setFaults(faults: Fault[]): void;
  setNow(date: Date): void;
  setSpotify(key: SpotifyKey): void;
};

const faultList = z.array(
  z.strictObject({
    upstream: z.enum(upstreams),
    kind: z.custom<FaultKind>((kind) => typeof kind === "string" && Object.hasOwn(faultKinds, kind)),
    rate: z.number().min(0).max(1).optional(),
    match: z.string().optional(),
    times: z.int().min(0).optional(),
    seconds: z.number().min(0).optional(),
    ms: z.number().min(0).optional(),
  }),
);

const spotifyBody = z.object({ key: z.enum(spotifyKeys) });
const nowBody = z.object({ now: z.iso.datetime({ offset: true }) });

function front(simulator: Controls): string {
  const width = Math.max(...simulator.artists().map(({ name }) => name.length));
  return [
    "TheSet's simulator: Ticketmaster, Spotify, setlist.fm and MusicBrainz over local HTTP, with invented artists.",
    `World: ${simulator.about}. Its clock: ${simulator.now().toISOString()}.`,
    "",
    ...Object.entries(simulator.urls).map(([name, url]) => `${name.padEnd(18)}${url}`),
    "",
    "Control: GET, DELETE /_simulator/requests · PUT /_simulator/faults · PUT /_simulator/now · PUT /_simulator/spotify · GET /_simulator/artists",
    `Faults: ${Object.keys(faultKinds).join(", ")}`,
    "",
    ...simulator.artists().map(({ name, tmAttractionId }) => `${name.padEnd(width)}  ${tmAttractionId}`),
    "",
  ].join("\n");
}

/** Answers a control request, undefined for a path that is none. */
export function control(simulator: Controls, method: string, path: string, body: string): Answer | undefined {
  const bad = (error: z.ZodError) => json(400, { error: { message: z.prettifyError(error) } });
  const read = (): unknown => {
    try {
      return JSON.parse(body);
    } catch {
      return undefined;
    }
  };
  switch (`${method} ${path}`) {
    case "GET /":
      return {
        status: 200,
        headers: { "content-type": "text/plain;charset=utf-8" },
        body: front(simulator),
      };
    case "GET /_simulator/artists":
      return json(200, simulator.artists());
    case "GET /_simulator/requests":
      return json(200, simulator.requests());
    case "DELETE /_simulator/requests":
      simulator.clearRequests();
      return json(200, {});
    case "PUT /_simulator/faults": {
      const parsed = faultList.safeParse(read());
      if (!parsed.success) return bad(parsed.error);
      simulator.setFaults(parsed.data);
      return json(200, {});
    }
    case "PUT /_simulator/now": {
      const parsed = nowBody.safeParse(read());
      if (!parsed.success) return bad(parsed.error);
      simulator.setNow(new Date(parsed.data.now));
      return json(200, {});
    }
    case "PUT /_simulator/spotify": {
      const parsed = spotifyBody.safeParse(read());
      if (!parsed.success) return bad(parsed.error);
      simulator.setSpotify(parsed.data.key);
      return json(200, {});
    }
    default:
      return undefined;
  }
}
