import { useLocation } from "@remix-run/react";
import { type ChangeEvent, useEffect, useState } from "react";
import { Plus } from "../../components/icons";
import { count } from "../../formats";
import { useSay } from "../../say";
import { trpc } from "../../trpc.client";
import type { SuggestibleSong } from "../../types";

/** A pause in typing; shorter ones would ask for words that are not whole yet. */
const PAUSE_MS = 200;
const LEAST_LETTERS = 2;

type Found = { q: string; songs: SuggestibleSong[] };
type Props = { showId: string; found?: Found; refused?: string };

/** A song is missing: found in the catalogue by a plain form, and as one types. */
export function Suggest({ showId, found: loaded, refused }: Props) {
  const { pathname, search } = useLocation();
  const { found, onChange } = useFound(showId, loaded);
  useSay(found ? said(found) : "");
  const rest = [...new URLSearchParams(search)].filter(([name]) => name === "order" || name === "spoilers");
  return (
    <section id="missing" aria-labelledby="missing-song" className="no-print pt-5">
      <form method="get" action={`${pathname}#missing`} className="flex flex-wrap items-end gap-2">
        {rest.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label className="min-w-0 flex-[1_1_220px] text-sm">
          <span id="missing-song">A song is missing?</span>
          <input
            type="search"
            name="suggest"
            defaultValue={loaded?.q}
            key={loaded?.q}
            onChange={onChange}
            maxLength={100}
            placeholder="Title in their catalogue"
            autoComplete="off"
            className="field mt-0.5"
          />
        </label>
        <button className="btn">
          <Plus size={20} aria-hidden="true" />
          Find it
        </button>
      </form>
      {refused && (
        <p role="alert" className="note note-bad mt-2">
          {refused}
        </p>
      )}
      <p className="mt-2 text-sm text-ink-2">{found && said(found)}</p>
      {found && found.songs.length > 0 && <Songs showId={showId} songs={found.songs} />}
    </section>
  );
}

function Songs({ showId, songs }: { showId: string; songs: SuggestibleSong[] }) {
  const { pathname, search } = useLocation();
  return (
    <form method="post" action={pathname + search}>
      <input type="hidden" name="act" value="suggest" />
      <input type="hidden" name="showId" value={showId} />
      <ul role="list" className="rows">
        {songs.map(({ songId, title }) => (
          <li key={songId} className="flex items-center justify-between gap-3 py-1.5">
            <bdi className="title">{title}</bdi>
            <button name="songId" value={songId} aria-label={`Suggest: ${title}`} className="btn btn-small">
              Suggest
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}

function said({ q, songs }: Found): string {
  if (songs.length > 0) return `${count(songs.length, "song")} like “${q}” that are not on the list.`;
  return `No song like “${q}” in their catalogue that is not on the list already.`;
}

/** The loader's answer first, then what is typed, the last word winning. */
function useFound(showId: string, loaded: Found | undefined) {
  const [typed, setTyped] = useState<string>();
  const [heard, setHeard] = useState<Found>();
  const q = typed?.trim();
  useEffect(() => {
    if (q === undefined || q.length < LEAST_LETTERS) return;
    const stop = new AbortController();
    const pause = setTimeout(() => {
      trpc.vote.songsToSuggest
        .query({ showId, q }, { signal: stop.signal })
        .then(({ songs }) => setHeard({ q, songs }))
        // The form is there for whoever wants to know; typing on asks again.
        .catch(() => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(pause);
      stop.abort();
    };
  }, [showId, q]);
  const short = q !== undefined && q.length < LEAST_LETTERS;
  return {
    found: q === undefined ? loaded : short ? undefined : heard,
    onChange: (event: ChangeEvent<HTMLInputElement>) => setTyped(event.currentTarget.value),
  };
}
