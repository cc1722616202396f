/** Discovery API attractions into our noun. Field oddities are those of recorded answers of 2016 to 2026. */
import { z } from "zod";
import { definedOnly, exact, flag, id, list, number, part, readEach, text, webUrl } from "../lenient.ts";

export const SEGMENT_MUSIC = "KZFzniwnSyZfZ7v7nJ";
/** Ids are 10 to 21 characters, compared exactly; case matters and a digit or "-" may stand anywhere. */
export const ID = /^[A-Za-z0-9_-]{1,40}$/;

export type Attraction = {
  id: string;
  name: string;
  url?: string;
  genre?: string;
  /** https, 16:9, between 640 and 1,024 pixels wide where there is one */
  imageUrl?: string;
  /** coming events by the seller's count */
  upcoming?: number;
  /** who this is elsewhere, as the seller says: sometimes wrong, so evidence and no proof */
  links: { musicbrainz: string[]; spotify: string[]; setlistfm: string[] };
};

const named = part({ id: text(40), name: text(100) });
const link = z.object({ id: exact(500), url: exact(500) });
const image = z.object({ url: exact(1000), ratio: text(10), width: number, fallback: flag });

export const classifications = list(
  z.object({ primary: flag, segment: named, genre: named, type: named, subType: named }),
);

const attraction = z.object({
  id: id(ID),
  name: text(200),
  type: text(40),
  test: flag,
  url: exact(2000),
  images: list(image),
  classifications,
  upcomingEvents: part({ _total: number }),
  externalLinks: part({ musicbrainz: list(link), spotify: list(link), setlistfm: list(link) }),
});

export const attractionsPage = z.object({
  _embedded: z.object({ attractions: z.array(z.unknown()).nullish() }).nullish(),
  page: z.object({ totalElements: z.number() }),
});

/** What can be recognised as an attraction at all; the rest of it is read leniently. */
export const attractionAnswer = z.looseObject({ id: id(ID), name: z.string() });

export function readAttraction(entry: unknown): Attraction | undefined {
  const parsed = attraction.safeParse(entry);
  if (!parsed.success || !parsed.data.name) return undefined;
  const { id, name, url, images, externalLinks, upcomingEvents } = parsed.data;
  const genre = primary(parsed.data.classifications)?.genre?.name;
  return definedOnly({
    id,
    name,
    url: webUrl(url),
    genre: genre && !["Other", "Undefined"].includes(genre) ? genre : undefined,
    imageUrl: bestImage(images),
    upcoming: upcomingEvents?._total,
    links: {
      musicbrainz: unique(externalLinks?.musicbrainz, ({ id, url }) => mbid(id) ?? mbid(url)),
      spotify: unique(externalLinks?.spotify, ({ url, id }) => spotifyArtistId(url ?? id)),
      setlistfm: unique(externalLinks?.setlistfm, ({ url }) =>
        webUrl(url) && /^(www\.)?setlist\.fm$/.test(new URL(url!).hostname) ? url : undefined,
      ),
    },
  });
}

/** Entries of a search that may be artists: no films, no parking, no festival brands, as far as the data says so. */
export function readArtists(entries: unknown[], max: number): Attraction[] {
  return readEach(entries, max, (entry) => {
    const parsed = attraction.safeParse(entry);
    return parsed.success && isArtist(parsed.data) ? readAttraction(entry) : undefined;
  }).read;
}

function isArtist(data: z.infer<typeof attraction>): boolean {
  if (data.test || (data.type && data.type !== "attraction")) return false;
  const { segment, type } = primary(data.classifications) ?? {};
  if (segment?.id && segment.id !== SEGMENT_MUSIC) return false;
  return !isExtra(type?.name) && !isFestival(data.classifications);
}

/** A festival's brand stands among the acts of its events. */
export function isFestival(filed: z.infer<typeof classifications>): boolean {
  const { type, subType } = primary(filed) ?? {};
  return type?.name === "Event Style" && subType?.name === "Festival";
}

/** What the seller itself files as something sold beside a show. */
export function isExtra(type: string | undefined): boolean {
  return type === "Parking" || type === "Upsell";
}

export function primary<T extends { primary?: boolean | undefined }>(entries: T[]): T | undefined {
  return entries.find((entry) => entry.primary) ?? entries[0];
}

/** Widest 16:9 up to 1,024 px, else the narrowest above it; the seller's stand-in pictures come last. */
function bestImage(images: z.infer<typeof image>[]): string | undefined {
  const usable = images.filter(({ url }) => webUrl(url, ["https:"]) === url);
  const rank = ({ ratio, width = 0, fallback }: z.infer<typeof image>) =>
    (fallback ? 1e9 : 0) + (ratio === "16_9" ? 0 : 1e6) + (width <= 1024 ? 1024 - width : width * 10);
  return usable.sort((a, b) => rank(a) - rank(b))[0]?.url;
}

function mbid(value: string | undefined): string | undefined {
  return value?.toLowerCase().match(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/)?.[0];
}

/** 22 base62 characters out of any form: open.spotify.com/intl-de/artist/…?si=…, embed/artist/…, spotify:artist:…. */
export function spotifyArtistId(value: string | undefined): string | undefined {
  return value?.match(
    /(?:spotify:|spotify\.com\/(?:[\w-]+\/)*)artist[:/]([0-9A-Za-z]{22})(?![0-9A-Za-z])/,
  )?.[1];
}

function unique<T>(entries: T[] | undefined, read: (entry: T) => string | undefined): string[] {
  return [...new Set((entries ?? []).flatMap((entry) => read(entry) ?? []))];
}
