import {
  json,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { load, submit } from "../../call.server";
import { FollowButton } from "../../components/follow-button";
import { ShowRows } from "../../components/show-rows";
import { count, localDay } from "../../formats";
import type { Handle } from "../../root";
import { isCovered } from "../../spoilers";
import { isRunning, useLive } from "../../use-live";
import { Calendar } from "./calendar";
import { NightToNight } from "./nights";
import { readArtistPage } from "./page.server";
import { PastSetlists } from "./past-setlists";
import { ArtistRecord } from "./record";
import { ImportAgain, ImportSheet, LastImport } from "./progress";
import { Songs } from "./songs";
import { From, Sources } from "./sources";

export const handle: Handle = {
  lookAgain: (data) =>
    isRunning((data as { progress?: { stage: string } } | undefined)?.progress) ? 5 : undefined,
};

export async function loader({ params: { slug = "" }, request, context }: LoaderFunctionArgs) {
  const { searchParams, search } = new URL(request.url);
  const page = await load(
    readArtistPage(
      context.trpc,
      slug,
      {
        before: searchParams.get("before") ?? undefined,
        after: searchParams.get("after") ?? undefined,
      },
      isCovered(request),
    ),
  );
  if (page.artist.slug !== slug) return redirect(`/artists/${page.artist.slug}${search}`, 301);
  const now = new Date();
  return json({ ...page, now, today: localDay(now, "UTC"), origin: context.origin });
}

/** Imports again. */
export async function action({ request, context }: ActionFunctionArgs) {
  const tmAttractionId = String((await request.formData()).get("tmAttractionId") ?? "");
  const started = await submit(context.trpc.artist.import({ tmAttractionId }));
  if (!started.ok) return json({ problem: started.error.message }, { status: started.status });
  return redirect(`/artists/${started.data.slug}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const name = data.artist.name ?? "An artist at Ticketmaster";
  return [
    { title: `${name}: coming shows and what they will play · TheSet` },
    {
      name: "description",
      content: `Coming shows of ${name}, each with a predicted setlist, and what they played.`,
    },
    { tagName: "link", rel: "canonical", href: `${data.origin}/artists/${data.artist.slug}` },
  ];
};

export default function ArtistPage() {
  const {
    artist,
    following,
    shows,
    more,
    past,
    songs,
    moreSongs,
    nights,
    keeps,
    record,
    progress: loaded,
    now,
    today,
    paging,
    origin,
  } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const progress = useLive(artist.id, loaded);
  const running = isRunning(progress);
  // Who watched an import sees its end where it ran; who comes later finds it in the margin.
  const [watched, setWatched] = useState(running);
  if (running && !watched) setWatched(true);
  const name = artist.name ?? "An artist at Ticketmaster";
  const whole = progress?.stage === "completed";
  const again = { tmAttractionId: artist.tmAttractionId, problem };
  return (
    <div className="cols">
      <div className="min-w-0">
        <h1 className="shout">
          <bdi>{name}</bdi>
        </h1>
        <p className="lead">{known(artist, shows.length, more !== undefined, keeps)}</p>
        <div className="mt-5">
          <FollowButton artistId={artist.id} name={name} following={following} />
        </div>
        {progress && (watched || !whole) && (
          <ImportSheet progress={progress} name={name} sources={artist.sources} {...again} />
        )}
        <section aria-labelledby="coming" className="mt-8">
          <div className="head">
            <h2 id="coming">Coming shows</h2>
            <span className="ml-auto flex gap-x-4 text-[15px]">
              {past.setlists.length > 0 && (
                <a href="#past" className="tap">
                  Past setlists
                </a>
              )}
              {songs.length > 0 && (
                <a href="#songs" className="tap">
                  Songs
                </a>
              )}
            </span>
          </div>
          {shows.length > 0 ? (
            <>
              <ShowRows shows={shows} by="venue" today={today} />
              <From source="ticketmaster" artist={artist} readAt={artist.showsReadAt} now={now} />
            </>
          ) : (
            <p className="pt-3 text-ink-2">
              {running
                ? "They appear here as they are read."
                : artist.showsReadAt
                  ? "Ticketmaster lists no coming show of theirs."
                  : "They have not been read yet."}
            </p>
          )}
          {(more || paging.after) && (
            <p className="flex gap-2 pt-4">
              {paging.after && (
                <Link to="?#coming" className="btn">
                  First shows
                </Link>
              )}
              {more && (
                <Link to={`?after=${encodeURIComponent(more)}#coming`} className="btn">
                  Later shows
                </Link>
              )}
            </p>
          )}
        </section>
        {past.setlists.length > 0 && (
          <PastSetlists {...past} earlier={paging.before} today={today}>
            <From source="setlistfm" artist={artist} readAt={artist.pastSetlistsReadAt} now={now} />
          </PastSetlists>
        )}
        {songs.length > 0 && (
          <Songs songs={songs} known={artist.songs} nextCursor={moreSongs}>
            <From
              source={songs.some((song) => song.spotifyId) ? "spotify" : "musicbrainz"}
              artist={artist}
              readAt={artist.songsReadAt}
              now={now}
            />
          </Songs>
        )}
      </div>
      <aside className="rail" aria-label="About this artist">
        {record && <ArtistRecord record={record} today={today} />}
        {nights && <NightToNight {...nights} today={today} />}
        {shows.length > 0 && <Calendar slug={artist.slug} name={name} origin={origin} />}
        <Sources artist={artist} now={now} />
        {progress && whole && !watched && (
          <LastImport progress={progress} sources={artist.sources} now={now} {...again} />
        )}
        {!progress && (
          <section>
            <h2>Never imported</h2>
            <ImportAgain {...again} label="Import" />
          </section>
        )}
      </aside>
    </div>
  );
}

function known(
  { songs, pastSetlists }: { songs: number; pastSetlists: number },
  shows: number,
  more: boolean,
  keeps?: { songs: number; of: number },
): string {
  if (songs + pastSetlists + shows === 0) return "Nothing is read yet.";
  const catalogue = songs > 0 ? `${count(songs, "song")}, ` : "";
  const counted = `${catalogue}${count(pastSetlists, "past setlist")} known, ${count(shows, "coming show")}${more ? " and more" : ""}.`;
  if (!keeps) return counted;
  const kept = keeps.songs === 0 ? "hardly a song" : `about ${keeps.songs} of ${count(keeps.of, "song")}`;
  return `${counted} They keep ${kept} from one night to the next.`;
}
