/** MusicBrainz WS/2, as strict as the real one: a name in every request, one a second, 503 beyond it. */
import { json, type Answer, type Ask, type Service } from "../service.ts";
import { makeLimits } from "../limits.ts";
import { discographyOf, type Release } from "../world/discography.ts";
import type { World } from "../world/index.ts";
import type { Artist } from "../world/types.ts";
import { error, includes, MBID, refuse } from "./refusals.ts";
import {
  aliasesOf,
  artistJson,
  editionsOf,
  groupJson,
  linksOf,
  recordingJson,
  releaseJson,
  searchJson,
} from "./shapes.ts";

const PAGE = 100;
/** A lookup with its release groups stops here, whatever there is. */
const LOOKED_UP = 25;
/** `name/1.0 ( contact )`: everything else is turned away at the edge. */
const NAMED = /^[^/\s]+\/\S+ \( ?\S.* ?\)$/;

export function musicbrainz(world: World, rateFactor: number): Service {
  const limits = makeLimits(rateFactor, Number.MAX_SAFE_INTEGER, true);
  const artists = world.artists.filter((artist) => artist.musicbrainz !== "none");
  const releasesOf = (artist: Artist) => discographyOf(artist).filter(({ various }) => !various);
  let groups: Map<string, { artist: Artist; release: Release }> | undefined;
  const findGroup = (mbid: string) => {
    groups ??= new Map(
      artists.flatMap((artist) =>
        releasesOf(artist).map((release) => [release.mbid, { artist, release }] as const),
      ),
    );
    return groups.get(mbid);
  };
  /** Whom its relations point to: for some, to somebody else. */
  const spotifyOf = (artist: Artist): string | undefined => {
    if (artist.albums.length === 0) return undefined;
    if (artist.musicbrainz === "full") return artist.spotifyId;
    // Somebody who plays no shows, so that nobody else's identity hangs on it.
    return artists.find((other) => other !== artist && other.albums.length > 0 && !other.plan)?.spotifyId;
  };

  function lookup(artist: Artist, { query }: Ask): Answer {
    const inc = wanted(query);
    return json(200, {
      ...artistJson(artist),
      ...(inc.includes("aliases") && { aliases: aliasesOf(artist) }),
      ...(inc.includes("url-rels") && { relations: linksOf(artist, spotifyOf(artist)) }),
      ...(inc.includes("release-groups") && {
        "release-groups": releasesOf(artist).slice(0, LOOKED_UP).map(groupJson),
      }),
    });
  }

  /** In quotes a phrase that stands in the name, else any word of it. */
  function search({ query }: Ask): Answer {
    const asked = query.get("query") ?? "";
    const phrase = /^artist:"(.*)"$/s.exec(asked)?.[1]?.replace(/\\(.)/gs, "$1");
    const key = searchKey(phrase ?? asked);
    const fits = (name: string) =>
      phrase === undefined
        ? key.split(" ").some((word) => name.includes(word))
        : ` ${name} `.includes(` ${key} `);
    const found = artists
      .map((artist) => ({ artist, name: searchKey(artist.name) }))
      .filter(({ name }) => fits(name))
      .map(({ artist, name }) => ({ artist, score: name === key ? 100 : 53 }))
      .sort((a, b) => b.score - a.score || (a.artist.mbid < b.artist.mbid ? -1 : 1));
    const at = window(query, 25);
    return json(200, {
      created: "2026-11-24T00:00:00.000Z",
      count: found.length,
      offset: at.offset,
      artists: found
        .slice(at.offset, at.offset + at.limit)
        .map(({ artist, score }) => searchJson(artist, score)),
    });
  }

  function url({ query }: Ask): Answer {
    const resources = query.getAll("resource");
    const known = resources.flatMap((resource) => {
      const id = /^https:\/\/open\.spotify\.com\/artist\/([0-9A-Za-z]{22})$/.exec(resource)?.[1];
      const linked = artists.filter((artist) => id !== undefined && spotifyOf(artist) === id);
      if (linked.length === 0) return [];
      const relations = linked.map((artist) => ({
        type: "free streaming",
        direction: "backward",
        ended: false,
        "target-type": "artist",
        artist: {
          id: artist.mbid,
          name: artist.name,
          "sort-name": artist.sortName,
          disambiguation: artist.disambiguation,
        },
      }));
      return [{ id: linked[0]!.mbid, resource, relations }];
    });
    if (resources.length > 1) return json(200, { "url-count": known.length, "url-offset": 0, urls: known });
    return known[0] ? json(200, known[0]) : refuse("not-found");
  }

  function browse(kind: string, { query }: Ask): Answer {
    const artist = artists.find(({ mbid }) => mbid === query.get("artist"));
    const at = window(query, 25);
    if (kind === "release") {
      const found = findGroup(query.get("release-group") ?? "");
      if (!found) return refuse("not-found");
      const releases = editionsOf(found.release).map((edition) => releaseJson(found.artist, edition));
      return json(200, {
        "release-count": releases.length,
        "release-offset": at.offset,
        releases: releases.slice(at.offset, at.offset + at.limit),
      });
    }
    if (!artist) return refuse("not-found");
    const types = query.get("type")?.toLowerCase().split("|");
    const all = releasesOf(artist).filter(({ primary }) => !types || types.includes(primary.toLowerCase()));
    const items: unknown[] =
      kind === "release-group"
        ? all.map(groupJson)
        : all.flatMap(({ tracks }) => tracks.map((track) => recordingJson(artist, track)));
    return json(200, {
      [`${kind}-count`]: items.length,
      [`${kind}-offset`]: at.offset,
      [`${kind}s`]: items.slice(at.offset, at.offset + at.limit),
    });
  }

  const wanted = (query: URLSearchParams) => (query.get("inc") ?? "").split(/[+ ]/).filter(Boolean);

  function window(query: URLSearchParams, usual: number) {
    const limit = Math.min(PAGE, Math.max(1, Number(query.get("limit") ?? usual) || usual));
    return { limit, offset: Math.max(0, Number(query.get("offset") ?? 0) || 0) };
  }

  return {
    base: "/musicbrainz/ws/2",
    refuse,
    keyless: ({ path, query }) => (query.size > 0 ? `${path}?${query}` : path),
    answer(ask) {
      if (!NAMED.test(ask.header("user-agent") ?? "")) return refuse("403");
      if (limits.take(ask.now) !== "ok") return refuse("429-spike");
      if (ask.query.get("fmt") !== "json") {
        return { status: 200, headers: { "content-type": "application/xml" }, body: "<metadata/>" };
      }
      const [, kind = "", id = "", ...rest] = ask.path.split("/");
      if (rest.length > 0) return refuse("not-found");
      const odd = wanted(ask.query).find((word) => !includes[kind]?.includes(word));
      if (odd) return error(400, `${odd} is not a valid inc parameter for the ${kind} resource.`);
      if (id !== "" && !MBID.test(id)) return error(400, "Invalid mbid.");
      if (kind === "artist" && id !== "") {
        const artist = artists.find(({ mbid }) => mbid === id);
        return artist ? lookup(artist, ask) : refuse("not-found");
      }
      if (kind === "artist" && ask.query.has("query")) return search(ask);
      if (kind === "url") return url(ask);
      if (["release-group", "release", "recording"].includes(kind) && id === "") return browse(kind, ask);
      return error(400, "Invalid request");
    },
  };
}

/** Words alone, without case and accents; a name of nothing but signs as it is. */
function searchKey(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim() || plain;
}
