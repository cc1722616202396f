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
          We read the setlists a band has played and count how often each song came, newer shows for more.
          Where a set stays the same from night to night the last few shows decide; where it changes, the long
          run does. The odds are then fitted to how long the band usually plays. A song’s odds are the chance
          that it is played at that show at all.
        </p>
        <p>
          The words go with the figures: near certain from 90%, likely from 65, toss-up from 40, unlikely from
          15, below that a long shot. Nothing is 100% before a show. Some bands never play the same show
          twice; there the page is thin, and says so.
        </p>
      </Part>
      <Part id="sources" title="Where it comes from">
        <p>
          Past setlists are from <a href="https://www.setlist.fm/">setlist.fm</a>, written by its users, and
          every one we show links back. Dates, places and tickets are from{" "}
          <a href="https://www.ticketmaster.com/">Ticketmaster</a>. Which artist is which at the services is
          decided by name and by links that agree, and each artist’s page says what it was matched to.
        </p>
        <p>
          Every page names how old its data is. Setlists that have not been read again for a while are no
          longer shown.
        </p>
      </Part>
      <Part id="privacy" title="Privacy">
        <p>
          There is no tracking and nothing to accept. One cookie keeps your choice of colours, if you make
          one. Fonts and scripts come from this site. Should a page show an artist’s picture, it is loaded
          from Ticketmaster’s image host, which then sees your network address; links to other sites work the
          same way.
        </p>
      </Part>
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
