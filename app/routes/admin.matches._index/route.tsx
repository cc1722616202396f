import { type HeadersFunction, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { loadAdmin, noStore } from "../../admin.server";
import { Grid } from "../../components/control/grid";
import { Pager } from "../../components/control/pager";
import { State } from "../../components/control/state";
import { Slow } from "../admin.people._index/slow";
import { sayArtist, serviceNames } from "./page.server";

export async function loader({ request, context: { trpc } }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams;
  const q = (params.get("q") ?? "").slice(0, 200);
  const doubtful = params.get("doubtful") === "1";
  const { artists, services, cut, nextCursor } = await loadAdmin(
    request,
    trpc.admin.matches({ q, doubtful, cursor: params.get("after") ?? undefined }),
  );
  const shown = {
    artists: artists.map(sayArtist),
    services: services.map((service) => serviceNames[service]),
  };
  return json({ ...shown, cut, nextCursor, q, doubtful }, { headers: noStore });
}

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction = () => [
  { title: "Matches · TheSet" },
  { name: "robots", content: "noindex" },
];

export default function MatchesPage() {
  const { artists, services, cut, nextCursor, q, doubtful } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>Matches</h1>
      <p className="mt-2">
        Which artist of each service was taken for ours. The most doubtful come first: nobody taken, little
        that speaks for it, or somebody else nearly as likely.
      </p>
      <Form className="filters" role="search">
        <label>
          Name begins with
          <input type="search" name="q" defaultValue={q} maxLength={200} key={q} />
        </label>
        <label>
          Show
          <select name="doubtful" defaultValue={doubtful ? "1" : ""} key={String(doubtful)}>
            <option value="">all artists</option>
            <option value="1">doubtful ones only</option>
          </select>
        </label>
        <button className="btn">Show</button>
      </Form>
      {cut ? (
        <Slow />
      ) : artists.length === 0 ? (
        <p className="mt-3">
          {q || doubtful ? "No artist is like that." : "No artist has been imported yet."}{" "}
          {(q || doubtful) && <Link to="/admin/matches">Show all</Link>}
        </p>
      ) : (
        <Grid label="Artists, the most doubtful first">
          <thead>
            <tr>
              <th scope="col">Artist</th>
              {services.map((service) => (
                <th key={service} scope="col">
                  {service}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {artists.map(({ artistId, name, services }) => (
              <tr key={artistId}>
                <th scope="row" className="min-w-[120px]">
                  <Link to={`/admin/matches/${artistId}`}>
                    <bdi>{name}</bdi>
                  </Link>
                </th>
                {services.map(({ source, state, word, taken, score }) => (
                  <td key={source}>
                    <State kind={state}>{word}</State>
                    {taken && (
                      <span className="block">
                        <bdi>{taken}</bdi> {score && <span className="text-ink-2">{score}</span>}
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </Grid>
      )}
      <Pager next={nextCursor} />
    </>
  );
}
