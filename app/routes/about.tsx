import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";

export const loader = ({ context: { simulated, origin } }: LoaderFunctionArgs) => json({ simulated, origin });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: "About · TheSet" },
  { name: "description", content: "What TheSet is, where its data comes from, and how the odds are made." },
  { tagName: "link", rel: "canonical", href: `${data?.origin ?? ""}/about` },
];

export default function About() {
  const { simulated } = useLoaderData<typeof loader>();
  return (
    <div className="max-w-[66ch]">
      <h1 className="shout shout-s">About</h1>
      <p className="lead">
        TheSet says what a band will play before it plays it: every coming show has a sheet of songs, each
        with its odds.
      </p>
      {simulated && <Simulated />}
      <Part id="odds" title="How the odds are made">
        <p>
          We read the setlists a band has played and count what a fan would count: how often each song came,
          lately and over the years, on this tour and this run of nights, how long it has been missing against
          its own habit, and what else was played with it. A model weighs these figures. It was fitted to the
          past setlists of many artists, by how well it foresaw shows it had not seen, and knows nobody by
          name. The odds are then fitted to how long the band usually plays. A song’s odds are the chance that
          it is played at that show at all.
        </p>
        <p>
          After fewer than three shows a plain count has to do. Where no past setlist of a band is known there
          is only its list of songs, best known first or newest record first. The page of the show says so in
          so many words.
        </p>
        <p>
          The words go with the figures: near certain from 90%, likely from 65, toss-up from 40, unlikely from
          15, below that a long shot. Nothing is 100% before a show. Some bands never play the same show
          twice; there the page is thin, and says so.
        </p>
      </Part>
      <Part id="songs" title="How songs are told from other recordings">
        <p>
          A band’s records list one song many times: live, remixed, remastered, as a demo. We read them all
          and keep one entry a song, by the recording nearest to the studio. Titles, album names and types,
          and codes that say two recordings are one decide. A recording of another form counts only where the
          song exists in no other. Each artist’s list of songs shows what was left out, and why.
        </p>
      </Part>
      <Sources />
      <Part id="limits" title="What it cannot know">
        <p>
          Odds come from the past alone. Nobody tells us of a guest, a lost voice or a change of mind, and a
          song never played before has no past at all. New bands, and those whom nobody writes down, have thin
          lists. Past setlists are written by people who were there, and people mishear. What a service does
          not tell us is left out, and the page says that it is missing.
        </p>
        <p>
          Reading a band takes requests that the services count, so imports, searches and votes have limits an
          hour or a minute. Whoever meets one is told when to come back.
        </p>
      </Part>
      <Part id="privacy" title="Privacy">
        <p>
          There is no tracking and nothing to accept. Whoever only looks gets no cookie. One keeps your choice
          of colours and one whether setlists are covered, if you make that choice; one says who you are once
          you vote, follow or join.
        </p>
        <p>
          An account is a name, an e-mail address that nobody sees, and a password of which we keep only a
          hash. With it stand your votes, suggestions, whom you follow, and your sign-ins with the name your
          browser gives itself. Your page shows it all, gives it to you as a file, and deletes it: votes of
          past shows stay, without a name.
        </p>
        <p>
          Once five shows you voted on are scored, your place and your name stand on the leaderboard; your
          page takes the name off it.
        </p>
        <p>
          Pages of artists and shows count their views: for one day we keep a code made of your address and
          browser, from which neither can be read, and after it the count alone. Fonts and scripts come from
          this site. Should a page show an artist’s picture, it is loaded from Ticketmaster’s image host
          (s1.ticketm.net), which then sees your network address; no other host is asked. Links to other sites
          work the same way.
        </p>
      </Part>
    </div>
  );
}

function Sources() {
  return (
    <Part id="sources" title="Where it comes from">
      <p>
        Which artist is which at the services is decided by name and by links that agree, and each artist’s
        page says what it was matched to. Every page names how old its data is, and leads back to its sources.
      </p>
      <dl className="grid gap-3">
        <Source name="Ticketmaster" url="https://www.ticketmaster.com/">
          Artists, shows, venues, prices and tickets. Read again every few hours while somebody looks; what it
          no longer lists is not shown.
        </Source>
        <Source name="setlist.fm" url="https://www.setlist.fm/">
          Past setlists, written by its users. Every one we show links back. One that was not read again for a
          while, by default 30 days, is no longer shown.
        </Source>
        <Source name="Spotify" url="https://open.spotify.com/">
          Titles, albums, lengths and links of songs, and popularity where Spotify tells it. Each song links
          back. Kept while fresh and read again, never the sound nor the covers. We may not draw Spotify’s
          logo here without its own file, so its name stands in its place; it is a trademark of Spotify AB.
        </Source>
        <Source name="MusicBrainz" url="https://musicbrainz.org/">
          Links between the services, kinds of albums, and songs where Spotify is not read. Its core data is
          in the public domain (<a href="https://creativecommons.org/publicdomain/zero/1.0/">CC0</a>).
        </Source>
      </dl>
      <p>
        Raw answers are dropped within a day. What we count from them, odds and scores, is ours and stays.
        Names, setlists and songs belong to those who wrote them, under the terms of{" "}
        <a href="https://developer.ticketmaster.com/support/terms-of-use/">Ticketmaster</a>,{" "}
        <a href="https://www.setlist.fm/help/api-terms">setlist.fm</a> and{" "}
        <a href="https://developer.spotify.com/terms">Spotify</a>. None of them runs or endorses this site. To
        have something removed, or to ask anything, write to whoever runs this site.
      </p>
    </Part>
  );
}

function Source({ name, url, children }: { name: string; url: string; children: ReactNode }) {
  return (
    <div>
      <dt className="title">
        <a href={url}>{name}</a>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Simulated() {
  return (
    <Part id="simulated" title="This copy is simulated">
      <p>
        No keys for the services are set here, so their answers come from a simulator: artists, venues, shows
        and setlists are invented. Names that look real are not. With keys, the same pages show the real ones.
      </p>
    </Part>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="mt-8">
      <h2 id={id} className="border-b-2 border-ink pb-1.5">
        {title}
      </h2>
      <div className="grid gap-3 pt-3">{children}</div>
    </section>
  );
}
