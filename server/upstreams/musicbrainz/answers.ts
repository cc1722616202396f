/**
 * MusicBrainz' JSON into our nouns. Lookups write nulls and `relations`, searches leave fields out and write
 * `relation-list` (shared samples, November 2026).
 */
import { z } from "zod";
import { definedOnly, exact, id, list, number, part, text } from "../lenient.ts";
import { readSpotifyId } from "../spotify/ids.ts";
import type { MbArtist, MbRecording, MbReleaseGroup } from "./nouns.ts";

export const MBID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NAME = 300;
const TITLE = 500;
const mbid = id(MBID);
const isTrue = z.literal(true).optional().catch(undefined);

const relation = z.object({
  ended: isTrue,
  url: part({ resource: exact(500) }),
  artist: z.unknown().optional(),
});
const relations = list(relation);

const artist = z.object({
  id: mbid,
  name: text(NAME),
  "sort-name": text(NAME),
  disambiguation: text(NAME),
  score: number,
  aliases: list(z.object({ name: text(NAME) })),
  relations,
});
/** One without id is nobody; an answer without the field is none of MusicBrainz. */
export const artistAnswer = z.looseObject({ id: z.string().nullable() });
export const artistsAnswer = z.object({ artists: z.array(z.unknown()) });

/** By one address the object itself; a search has its relations one storey deeper. */
export const urlAnswer = z.object({
  relations,
  "relation-list": list(z.object({ relations })),
});

const group = z.object({
  id: mbid,
  title: text(TITLE),
  "primary-type": text(30),
  "secondary-types": list(z.string().max(40)),
  "first-release-date": exact(10),
});
const total = z.number().int().min(0).catch(0);
export const groupsPage = z.object({ "release-groups": z.array(z.unknown()), "release-group-count": total });

const credit = list(z.object({ name: text(NAME) }));
const recording = z.object({
  id: mbid,
  title: text(TITLE),
  disambiguation: text(200),
  length: number,
  video: isTrue,
  isrcs: list(z.string().max(20)),
  "artist-credit": credit,
});
const track = z.object({ title: text(TITLE), position: number, length: number, recording });
const release = z.object({
  id: mbid,
  date: exact(10),
  media: list(z.object({ format: text(60), tracks: list(track) })),
});
export const releasesAnswer = z.object({ releases: list(release) });
export type ReleaseAnswer = z.infer<typeof release>;

export function readArtist(entry: unknown): MbArtist | undefined {
  const parsed = artist.safeParse(entry);
  if (!parsed.success || !parsed.data.name) return undefined;
  const { id, name, disambiguation, score, aliases, relations } = parsed.data;
  const resources = relations.flatMap(({ ended, url }) => (ended || !url?.resource ? [] : [url.resource]));
  return definedOnly({
    mbid: id,
    name,
    sortName: parsed.data["sort-name"],
    disambiguation,
    score,
    aliases: aliases.flatMap((alias) => alias.name ?? []),
    links: {
      spotify: [...new Set(resources.flatMap((resource) => readSpotifyId(resource) ?? []))],
      setlistfm: resources.filter((resource) => isAt(resource, "setlist.fm")),
    },
  }) as MbArtist;
}

/** Whoever an address belongs to. */
export function readOwners(answer: z.infer<typeof urlAnswer>): MbArtist[] {
  const all = [...answer.relations, ...answer["relation-list"].flatMap(({ relations }) => relations)];
  return all.flatMap(({ ended, artist }) => (ended ? [] : (readArtist(artist) ?? [])));
}

export function readGroup(entry: unknown): MbReleaseGroup | undefined {
  const parsed = group.safeParse(entry);
  if (!parsed.success || !parsed.data.title) return undefined;
  const primary = parsed.data["primary-type"]?.toLowerCase();
  const date = parsed.data["first-release-date"];
  return definedOnly({
    mbid: parsed.data.id,
    title: parsed.data.title,
    primaryType: primary === "album" || primary === "single" || primary === "ep" ? primary : undefined,
    secondaryTypes: parsed.data["secondary-types"],
    date: date && /^\d{4}(-\d\d){0,2}$/.test(date) ? date : undefined,
  }) as MbReleaseGroup;
}

/** A record that comes with a film does not have twice the songs. */
export function audioTracks({ media }: ReleaseAnswer): ReleaseAnswer["media"][number]["tracks"] {
  const audio = media.filter(({ format }) => !/dvd|blu-ray|video|vhs/i.test(format ?? ""));
  return audio.flatMap(({ tracks }) => tracks);
}

export function readRecordings(answer: ReleaseAnswer): MbRecording[] {
  return audioTracks(answer).flatMap(({ title, position, length, recording }) => {
    const name = recording.title ?? title;
    if (!name || recording.video) return [];
    const durationMs = recording.length ?? length;
    return definedOnly({
      mbid: recording.id,
      title: name,
      disambiguation: recording.disambiguation,
      durationMs:
        durationMs && durationMs > 0 && durationMs < 86_400_000 ? Math.round(durationMs) : undefined,
      trackNumber: position && position > 0 && position < 10_000 ? Math.round(position) : undefined,
      artists: recording["artist-credit"].flatMap((one) => one.name ?? []),
      isrc: recording.isrcs[0],
    }) as MbRecording;
  });
}

function isAt(resource: string, host: string): boolean {
  if (!URL.canParse(resource)) return false;
  const { protocol, hostname } = new URL(resource);
  return /^https?:$/.test(protocol) && (hostname === host || hostname.endsWith(`.${host}`));
}
