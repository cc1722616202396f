import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { load } from "../../call.server";
import { Gaff } from "../../components/gaff";
import { Clock } from "../../components/icons";
import { SearchForm } from "../../components/search-form";
import { ShowRows } from "../../components/show-rows";
import { localDay } from "../../formats";
import type { Handle } from "../../root";
import { isCovered } from "../../spoilers";
import { Moving } from "./moving";
import { MyShows, readMyShows } from "./my-shows";
import { Recent } from "./recent";
import { Sample, sampleOf } from "./sample";

const MOVING = 5;
const RECENT = 6;
/** The most voted stand high in the list of shows, whatever else their scores are made of. */
const VOTED_AMONG = 20;

export const handle: Handle = { ownSearch: true };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { trpc, simulated, origin } = context;
  const [{ shows }, { artists }, moving, voted, mine] = await load(
    Promise.all([
      trpc.show.soon(),
      trpc.artist.recent(),
      trpc.trending.artists({ limit: MOVING }),
      trpc.trending.shows({ limit: VOTED_AMONG }),
      readMyShows(trpc),
    ]),
  );
  // The example should show the whole range; a band that never repeats itself has only long shots. And it comes from
  // what was played, as the page says, where there is such a list.
  const read = shows.filter(({ setlist }) => setlist?.basis === "history");
  const sure = read.find(({ setlist }) => setlist && 2 * setlist.expectedHits >= setlist.expectedSongs);
  // And it is a setlist: who wants to be surprised gets none.
  const first = isCovered(request) ? undefined : (sure ?? read[0] ?? shows.find((show) => show.setlist));
  const sample = first ? sampleOf(await load(trpc.show.bySlug({ slug: first.slug })), new Date()) : undefined;
  const now = new Date();
  const isTonight = (show: (typeof shows)[number]) => show.localDate === localDay(now, show.timezone);
  return json({
    tonight: shows.filter(isTonight),
    later: shows.filter((show) => !isTonight(show)),
    artists,
    moving: { artists: moving.artists, shows: voted.shows },
    mine,
    sample,
    simulated,
    origin,
    today: localDay(now, "UTC"),
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: "What will they play tonight? · TheSet" },
  { name: "description", content: "Every coming show with a predicted setlist: each song and its odds." },
  { tagName: "link", rel: "canonical", href: `${data?.origin ?? ""}/` },
];

export default function Home() {
  const { tonight, later, artists, moving, mine, sample, simulated, today } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-7 pb-7 desk:grid-cols-[minmax(0,1fr)_400px] desk:items-center desk:gap-16 desk:pb-10">
        <div>
          <h1 className="shout">
            What will they <br />
            play tonight?
          </h1>
          <p className="lead">
            We read the setlists a band has played and give every song its odds. You say what you expect and
            what you want. The surer we are, the heavier it stands.
          </p>
          <div className="mt-5">
            <SearchForm wide />
          </div>
          <p className="mt-2 flex flex-wrap gap-x-5 text-[15px]">
            {simulated && artists.length === 0 && <LookFor name={invented[0]} />}
            <Link to="/about#odds" className="tap">
              How the odds are made
            </Link>
          </p>
        </div>
        {sample && <Sample {...sample} />}
      </div>
      <MyShows {...mine} today={today} />
      <div className="cols">
        <div className="grid min-w-0 gap-7">
          {tonight.length > 0 && (
            <Shows id="tonight" title="Tonight">
              <ShowRows shows={tonight} by="artist" today={today} />
            </Shows>
          )}
          {(later.length > 0 || tonight.length === 0) && (
            <Shows id="soon" title="Coming up">
              {later.length > 0 ? (
                <ShowRows shows={later} by="artist" today={today} />
              ) : (
                <NoShows artists={artists.length} />
              )}
            </Shows>
          )}
        </div>
        <aside className="rail" aria-label="What moves, and artists here">
          <Moving {...moving} today={today} />
          <Recent artists={artists.slice(0, RECENT)} today={today} />
          {simulated && <Invented />}
        </aside>
      </div>
    </>
  );
}

function Shows({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="sheet lift taped !mt-2" aria-labelledby={id}>
      <Gaff icon={Clock}>{title}</Gaff>
      <h2 id={id} className="sr-only">
        {title}
      </h2>
      {children}
    </section>
  );
}

function NoShows({ artists }: { artists: number }) {
  return (
    <>
      <p className="title">No coming shows are known yet</p>
      <p className="mt-1 text-ink-2">
        {artists === 0
          ? "Nobody has been imported so far. Find an artist, press Import, and their shows appear here."
          : "None of the artists here has a date. Find another one and press Import."}
      </p>
    </>
  );
}

/** Names that the simulator knows; without one a visitor would not know what to look for. */
const invented = ["Saltmarsh Radio", "Tall Ships in Winter", "Orchard Telephone"] as const;

function Invented() {
  return (
    <section>
      <h2>Invented artists</h2>
      <p className="text-sm text-ink-2">
        This copy runs on simulated sources: artists, shows and setlists are made up.{" "}
        <Link to="/about#simulated">What that means</Link>
      </p>
      <ul role="list" className="mt-1 text-[15px]">
        {invented.map((name) => (
          <li key={name}>
            <LookFor name={name} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LookFor({ name }: { name: string }) {
  return (
    <Link to={`/search?q=${encodeURIComponent(name)}`} className="tap">
      Look for {name}
    </Link>
  );
}
