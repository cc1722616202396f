/** Rows of two services into one witness' account of a recording. Pure. */
import type { Recording } from "#rules/titles";
import { titleKey } from "#rules/text";
import type { listRecordings } from "#db/queries/recordings";
import type { listReleases } from "#db/queries/releases";

type RecordingRow = Awaited<ReturnType<typeof listRecordings>>[number];
type Group = Awaited<ReturnType<typeof listReleases>>[number];
export type Types = Map<string, Group[]>;

/** MusicBrainz' release groups by the key of their title. */
export function typesByTitle(groups: Group[]): Types {
  const byTitle: Types = new Map();
  for (const group of groups) {
    const key = titleKey(group.title);
    byTitle.set(key, [...(byTitle.get(key) ?? []), group]);
  }
  return byTitle;
}

export function toRecording(row: RecordingRow, types: Types): Recording {
  const { albumTitle, albumType, albumDate, secondaryTypes, ...rest } = row;
  const told = secondaryTypes?.length ? secondaryTypes : secondaryTypesOf(row, types);
  return {
    id: rest.id,
    title: rest.title,
    artists: rest.artists,
    ...(rest.durationMs !== null && { durationMs: rest.durationMs }),
    ...(rest.trackNumber !== null && { trackNumber: rest.trackNumber }),
    ...(rest.isrc !== null && { isrc: rest.isrc }),
    ...(rest.explicit !== null && { explicit: rest.explicit }),
    ...(rest.video !== null && { video: rest.video }),
    ...(rest.liveness !== null && { liveness: rest.liveness }),
    ...(rest.instrumentalness !== null && { instrumentalness: rest.instrumentalness }),
    ...(rest.speechiness !== null && { speechiness: rest.speechiness }),
    ...(albumTitle !== null && {
      album: {
        title: albumTitle,
        ...(albumType !== null && { type: albumType as "album" | "single" | "compilation" | "ep" }),
        ...(albumDate !== null && { date: albumDate }),
        ...(told.length > 0 && { secondaryTypes: told }),
      },
    }),
  };
}

/** The types MusicBrainz gives a record of this title; of several, those of the same year, and only if they agree. */
function secondaryTypesOf({ albumTitle, albumType, albumDate }: RecordingRow, types: Types): string[] {
  if (albumTitle === null) return [];
  const isShort = (type: string | null) => type === "single" || type === "ep";
  const named = (types.get(titleKey(albumTitle)) ?? []).filter(
    ({ type }) => type === null || isShort(type) === isShort(albumType),
  );
  const sameYear = named.filter(
    ({ date }) => date && albumDate && date.slice(0, 4) === albumDate.slice(0, 4),
  );
  const [first, ...others] = sameYear.length > 0 ? sameYear : named;
  if (!first) return [];
  const told = (group: Group) => [...group.secondaryTypes].sort().join("\n");
  return others.every((other) => told(other) === told(first)) ? first.secondaryTypes : [];
}
