import { trackLength } from "../formats";
import { recordingAt } from "../recordings";
import type { Song } from "../types";

export type ListedSong = Omit<Song, "isrc">;

/** Titles with album and length. What comes from Spotify says so beside it and leads back there, as its terms ask. */
export function SongRows({ songs, label }: { songs: ListedSong[]; label: string }) {
  return (
    <ol role="list" aria-labelledby={label} className="songs">
      {songs.map((song) => (
        <li key={song.id}>
          <span>
            <span className="title">
              <bdi>{song.title}</bdi>
            </span>
            {song.albumName && (
              <span className="block text-sm text-ink-2">
                <bdi>{song.albumName}</bdi>
              </span>
            )}
          </span>
          <span className="text-right text-sm">
            {song.durationMs !== undefined && <span className="block">{trackLength(song.durationMs)}</span>}
            <SongSource {...song} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function SongSource({ title, spotifyId, mbid }: ListedSong) {
  const at = spotifyId ? recordingAt("spotify", spotifyId) : mbid && recordingAt("musicbrainz", mbid);
  if (!at) return null;
  return (
    <a href={at.url} className="inline-flex min-h-6 items-center">
      {at.name}
      <span className="sr-only">
        : <bdi>{title}</bdi>
      </span>
    </a>
  );
}
