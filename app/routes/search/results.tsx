import { Form, Link, useNavigation } from "@remix-run/react";
import { TriangleAlert } from "../../components/icons";
import { count, countWord } from "../../formats";
import type { FoundArtist } from "../../types";

export type Upstream = "ok" | "unavailable" | "skipped";
export type ImportAnswer = { pasted: string; problem: string };

/** "One artist here, three more at Ticketmaster." */
export function summary(found: { here: number; others: number; places: number; upstream: Upstream }): string {
  const { here, others, places, upstream } = found;
  if (here + others === 0) {
    if (places > 0) return "No artist of that name; places of that name are below.";
    return upstream === "ok"
      ? "Nobody of that name, neither here nor at Ticketmaster. Check the spelling, or try a part of the name."
      : "Nobody of that name is here.";
  }
  const mine = here > 0 ? `${countWord(here, "artist")} here` : "Nobody here";
  const theirs =
    others > 0
      ? `, ${countWord(others, here > 0 ? "more" : "artist", here > 0 ? "more" : "artists")} at Ticketmaster`
      : "";
  return `${mine.charAt(0).toUpperCase()}${mine.slice(1)}${theirs}.`;
}

export function Silence({ upstream, minutes }: { upstream: Upstream; minutes?: number }) {
  return (
    <p className="note note-warn">
      <TriangleAlert size={16} aria-hidden="true" className="mr-1.5 inline align-[-3px]" />
      <b>Only artists already here are shown.</b>{" "}
      {upstream === "skipped"
        ? "Ticketmaster is not asked: this copy has no key for it."
        : `Ticketmaster does not answer right now. Try again in ${minutes ? count(minutes, "minute") : "a minute"}, or paste an artist’s link.`}
    </p>
  );
}

export function Found({ artists }: { artists: FoundArtist[] }) {
  return (
    <div>
      <div className="head">
        <h2>Here</h2>
      </div>
      <ul role="list" className="rows">
        {artists.map((artist) => (
          <li key={artist.tmAttractionId}>
            <Link to={`/artists/${artist.slug}`} className="row row-pair">
              <span className="title">
                <bdi>{artist.name}</bdi>
              </span>
              <span className="text-sm text-ink-2">{artist.genre}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** @param answer what became of the last press, when it was one of these */
export function NotHere({
  artists,
  q,
  answer,
}: {
  artists: FoundArtist[];
  q: string;
  answer?: ImportAnswer;
}) {
  return (
    <div>
      <div className="head">
        <h2>At Ticketmaster, not here yet</h2>
      </div>
      <p className="pt-2 text-sm text-ink-2">Shows appear while an import runs; the odds come last.</p>
      <ul role="list" className="rows">
        {artists.map((artist) => (
          <li key={artist.tmAttractionId} className="py-3">
            <div className="flex items-center gap-3">
              <span className="min-w-0 flex-1">
                <span className="title">
                  <bdi>{artist.name}</bdi>
                </span>
                <span id={`about-${artist.tmAttractionId}`} className="block text-sm text-ink-2">
                  {about(artist)}
                </span>
              </span>
              <ImportForm q={q} id={artist.tmAttractionId} name={artist.name} />
            </div>
            {answer?.pasted === artist.tmAttractionId && (
              <p role="alert" className="note note-bad mt-2">
                {answer.problem}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function about({ genre, upcoming }: FoundArtist): string {
  const dates = upcoming === null ? undefined : upcoming === 0 ? "no dates listed" : count(upcoming, "date");
  const text = [genre, dates].filter(Boolean).join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The results stay around the button: the form posts to the address they have. */
const back = (q: string) => `/search${q ? `?q=${encodeURIComponent(q)}` : ""}`;

function ImportForm({ q, id, name }: { q: string; id: string; name: string }) {
  const pending = useNavigation().formData?.get("tmAttractionId") === id;
  return (
    <Form method="post" action={back(q)}>
      <input type="hidden" name="tmAttractionId" value={id} />
      <button className="btn" disabled={pending} aria-describedby={`about-${id}`}>
        {pending ? "Starting" : "Import"}
        <span className="sr-only">
          {" "}
          <bdi>{name}</bdi>
        </span>
      </button>
    </Form>
  );
}

export function ByLink({ q, answer }: { q: string; answer?: ImportAnswer }) {
  return (
    <section>
      <h2>Know the exact one?</h2>
      <Form method="post" action={back(q)}>
        <label htmlFor="tmAttractionId" className="text-sm">
          Ticketmaster artist link or id
        </label>
        <div className="mt-0.5 flex gap-2">
          <input
            id="tmAttractionId"
            name="tmAttractionId"
            className="field"
            placeholder="K8vZ917Gku7"
            autoComplete="off"
            spellCheck={false}
            maxLength={500}
            key={answer?.pasted}
            defaultValue={answer?.pasted}
            aria-invalid={answer ? true : undefined}
            aria-describedby={answer ? "tmAttractionId-problem" : undefined}
          />
          <button className="btn flex-none">Import</button>
        </div>
        {answer && (
          <p id="tmAttractionId-problem" role="alert" className="note note-bad mt-2">
            {answer.problem}
          </p>
        )}
      </Form>
    </section>
  );
}
