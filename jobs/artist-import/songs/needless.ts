/** Releases whose tracks need no call of their own. Pure. */
import { songKeys } from "#rules/titles";
import { titleKey } from "#rules/text";
import type { ReleaseToRead } from "#db/queries/releases";

/** Keys of the studio songs known so far. */
export type Seen = Set<string>;

/**
 * Why a release is not asked for, or undefined: a single whose song (or both of whose songs) an album holds already, or
 * the same album once more, clean beside explicit, under another id.
 * @param read releases whose tracks are read, in this walk or before
 * @param seen undefined while albums are still being read
 */
export function needless(
  release: ReleaseToRead,
  read: ReleaseToRead[],
  seen: Seen | undefined,
): string | undefined {
  const twin = read.find((other) => other.id !== release.id && isTwin(release, other));
  if (twin) return `twin: the same as “${twin.title}”`;
  if (release.type !== "single" || !seen) return undefined;
  // An EP is a "single" too, and its name says little about its songs.
  if ((release.trackCount ?? 1) > 3) return undefined;
  const sides = release.title.split(/\s+\/\s+/);
  return sides.every((side) => songKeys(side).some((key) => seen.has(key)))
    ? "known: a single of a song that an album holds"
    : undefined;
}

function isTwin(one: ReleaseToRead, other: ReleaseToRead): boolean {
  return (
    one.type === other.type &&
    one.trackCount !== null &&
    one.trackCount === other.trackCount &&
    one.date === other.date &&
    plain(one.title) === plain(other.title)
  );
}

const plain = (title: string) => titleKey(title).replace(/ (clean|explicit)$/, "");
