import { Form, useActionData } from "@remix-run/react";
import { Ask } from "../../components/control/ask";
import { Grid, Heads } from "../../components/control/grid";
import { Press } from "../../components/control/press";
import { State } from "../../components/control/state";
import type { SaidCandidate, SaidMatch } from "./page.server";

type Props = { match: SaidMatch; artist: string };

/** One service: whom we took there, why, who else there was, and what to do about it. */
export function ServiceMatch({ match, artist }: Props) {
  const { source, title, state, word, taken, byHand, refused, reason, others, version, configured } = match;
  const fields = { source, seen: version, subject: source };
  return (
    <section aria-labelledby={source}>
      <h2 id={source}>{title}</h2>
      <p className="my-2">
        <State kind={state}>{word}</State>
      </p>
      {!configured && (
        <p className="my-2">{title} is not set up here: nothing is read there, whoever is chosen.</p>
      )}
      {taken ? (
        <Taken match={match} taken={taken} />
      ) : (
        <p className="my-2">
          {refused
            ? `An administrator said that nobody there is ${artist}.`
            : `Nobody was taken for ${artist}.`}
          {reason && ` ${reason}`}
        </p>
      )}
      {others.length > 0 && <Others match={match} />}
      <div className="my-3 flex flex-wrap items-start gap-2">
        {taken && !byHand && (
          <Press act="confirm" fields={{ ...fields, sourceId: taken.id }} name={`This is right at ${title}`}>
            This is right
          </Press>
        )}
        <ByHand match={match} />
        {!refused && (
          <Ask
            summary="Nobody there"
            act="refuse"
            button={`Nobody at ${title} is this artist`}
            fields={fields}
            question={
              taken
                ? `${goes(match)} No import takes anybody there again until you choose somebody here.`
                : `No import takes anybody at ${title} for ${artist} until you choose somebody here.`
            }
          />
        )}
        {(byHand || refused) && (
          <Ask
            summary="Let the machine decide again"
            act="release"
            button={`Let the machine decide at ${title}`}
            fields={fields}
            question={`It looks for ${artist} at ${title} anew, now and with each import.${
              taken
                ? ` If it comes to somebody else, what was read of ${taken.name} there goes, and theirs is read instead. Songs with votes keep their votes.`
                : ""
            }`}
          />
        )}
      </div>
    </section>
  );
}

function Taken({ match, taken }: { match: SaidMatch; taken: SaidCandidate }) {
  return (
    <div className="my-2">
      <p>
        <b>
          <Named candidate={taken} />
        </b>
        {match.byHand ? ", chosen by an administrator" : `, score ${taken.score} of 1`}
        {match.readAt && <span className="text-ink-2"> · as of {match.readAt} UTC</span>}
      </p>
      <Evidence candidate={taken} />
    </div>
  );
}

/** An artist's name as a link to their page there, where it has one. */
function Named({ candidate: { id, name, disambiguation, url } }: { candidate: SaidCandidate }) {
  return (
    <>
      {url ? (
        <a href={url} rel="noreferrer" className="break-words">
          <bdi>{name}</bdi>
        </a>
      ) : (
        <bdi title={id}>{name}</bdi>
      )}
      {disambiguation && (
        <span className="font-normal text-ink-2">
          {" "}
          (<bdi>{disambiguation}</bdi>)
        </span>
      )}
    </>
  );
}

function Evidence({ candidate: { evidence } }: { candidate: SaidCandidate }) {
  if (evidence.length === 0) return null;
  return (
    <ul role="list">
      {evidence.map(({ text, weight }, n) => (
        <li key={n}>
          <span className="inline-block w-12 tabular-nums">{weight}</span> {text}
        </li>
      ))}
    </ul>
  );
}

function Others({ match }: { match: SaidMatch }) {
  const { source, title, others, version } = match;
  return (
    <Grid label={`Others who were considered at ${title}`}>
      <Heads of={["Who else", { num: "Score" }, "What speaks for and against", "Take"]} />
      <tbody>
        {others.map((other) => (
          <tr key={other.id}>
            <th scope="row" className="min-w-[110px] max-w-[220px]">
              <Named candidate={other} />
            </th>
            <td className="num">{other.score}</td>
            <td className="min-w-[200px]">
              <Evidence candidate={other} />
            </td>
            <td className="min-w-[160px]">
              <Ask
                summary={
                  <>
                    Take this one<span className="sr-only">: {other.name}</span>
                  </>
                }
                act="choose"
                button={`Take ${other.name}`}
                fields={{ source, seen: version, sourceId: other.id, subject: source }}
                question={`${goes(match)} What ${other.name} has there is read instead.`}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}

/** An id or an address that nobody proposed. */
function ByHand({ match }: { match: SaidMatch }) {
  const { source, title, version } = match;
  const refused = useActionData<{ refused?: { typed: Record<string, string> } }>()?.refused;
  const where =
    source === "spotify"
      ? "at open.spotify.com"
      : "at musicbrainz.org; setlist.fm knows artists by the same id";
  return (
    <details className="ask" open={refused?.typed.subject === source || undefined}>
      <summary className="btn">Somebody else</summary>
      <Form method="post" className="note grid gap-2">
        <input type="hidden" name="act" value="choose" />
        <input type="hidden" name="source" value={source} />
        <input type="hidden" name="subject" value={source} />
        <input type="hidden" name="seen" value={version} />
        <p>{goes(match)} What the new one has there is read instead.</p>
        <label className="grid gap-1">
          Address of the artist’s page, or its id, {source === "musicbrainz" ? "at musicbrainz.org" : where}
          <input
            name="sourceId"
            required
            maxLength={500}
            className="field w-full max-w-[520px]"
            autoComplete="off"
          />
        </label>
        <p>
          <button className="btn">Choose at {title}</button>
        </p>
      </Form>
    </details>
  );
}

/** What choosing another one takes away. */
function goes({ source, title, taken }: SaidMatch): string {
  if (!taken) return "";
  const what = source === "setlistfm" ? "setlists" : "songs and recordings";
  return `The ${what} that were read of ${taken.name} at ${title} go, and odds of coming shows are made again. Songs with votes keep their votes.`;
}
