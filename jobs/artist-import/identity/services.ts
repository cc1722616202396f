/** TODO(#4): goes when both clients are part of `Upstreams`; until then they count as not set up. */
import { UpstreamError, type Upstreams } from "#server/upstreams/index";
import type { MusicBrainz } from "#server/upstreams/musicbrainz/nouns";
import type { Spotify } from "#server/upstreams/spotify/nouns";
import type { JobContext } from "../../context.ts";

type Services = Upstreams & { spotify: Spotify; musicbrainz: MusicBrainz };

export function servicesOf({ upstreams }: JobContext): Services {
  const { spotify = absent<Spotify>("spotify"), musicbrainz = absent<MusicBrainz>("musicbrainz") } =
    upstreams as Upstreams & Partial<Services>;
  return { ...upstreams, spotify, musicbrainz };
}

function absent<T extends object>(name: "spotify" | "musicbrainz"): T {
  const fail = () => Promise.reject(new UpstreamError(name, "not-configured", "is not wired yet"));
  return new Proxy({} as T, { get: () => fail });
}
