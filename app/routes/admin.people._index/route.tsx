import { type HeadersFunction, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { loadAdmin, noStore } from "../../admin.server";
import { Grid, Heads } from "../../components/control/grid";
import { Pager } from "../../components/control/pager";
import { State } from "../../components/control/state";
import { grouped, stamp } from "../../formats";
import { Slow } from "./slow";
import { nameOf, stateOf } from "./words";

const states = ["account", "guest", "blocked", "left"] as const;
const roles = ["fan", "admin"] as const;

/** Whatever the address says: one of these, or nothing. */
function oneOf<T extends string>(all: readonly T[], value: string | null): T | undefined {
  return all.find((one) => one === value);
}

export async function loader({ request, context: { trpc } }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams;
  const q = (params.get("q") ?? "").trim().slice(0, 254);
  // Guests are many, and nameless: who comes to look for somebody looks for an account.
  const state = params.get("state") === "all" ? undefined : (oneOf(states, params.get("state")) ?? "account");
  const role = oneOf(roles, params.get("role"));
  const { fans, cut, nextCursor } = await loadAdmin(
    request,
    trpc.admin.fans({
      ...(q && { q }),
      ...(state && { state }),
      ...(role && { role }),
      cursor: params.get("after") ?? undefined,
    }),
  );
  const shown = fans.map((fan) => ({
    id: fan.id,
    name: nameOf(fan),
    email: fan.email,
    role: fan.role,
    state: stateOf({
      blocked: fan.blockedAt !== null,
      left: fan.deletedAt !== null,
      guest: fan.email === null,
    }),
    since: stamp(fan.createdAt, "UTC"),
    counts: [fan.votes, fan.follows, fan.sessions].map(grouped),
  }));
  const filters = { q, state: state ?? "all", role: role ?? "" };
  return json({ fans: shown, cut, nextCursor, filters }, { headers: noStore });
}

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction = () => [
  { title: "People · TheSet" },
  { name: "robots", content: "noindex" },
];

export default function PeoplePage() {
  const { fans, cut, nextCursor, filters } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>People</h1>
      <Form className="filters" role="search" key={JSON.stringify(filters)}>
        <label>
          E-mail or name begins with
          <input type="search" name="q" defaultValue={filters.q} maxLength={254} autoComplete="off" />
        </label>
        <label>
          Who
          <select name="state" defaultValue={filters.state}>
            <option value="account">with an account</option>
            <option value="guest">guests</option>
            <option value="blocked">blocked</option>
            <option value="left">who have left</option>
            <option value="all">everybody</option>
          </select>
        </label>
        <label>
          Role
          <select name="role" defaultValue={filters.role}>
            <option value="">any</option>
            <option value="admin">administrators</option>
            <option value="fan">fans</option>
          </select>
        </label>
        <button className="btn">Show</button>
      </Form>
      {cut ? (
        <Slow />
      ) : fans.length === 0 ? (
        <p className="mt-3">
          Nobody is like that. <Link to="/admin/people?state=all">Show everybody</Link>
        </p>
      ) : (
        <Grid label="People, the newest first">
          <Heads
            of={[
              "Name",
              "E-mail",
              "State",
              { num: "Votes" },
              { num: "Follows" },
              { num: "Sign-ins" },
              "Since, UTC",
            ]}
          />
          <tbody>
            {fans.map(({ id, name, email, role, state, since, counts }) => (
              <tr key={id}>
                <th scope="row" className="max-w-[180px] break-words">
                  <Link to={`/admin/people/${id}`}>
                    <bdi>{name}</bdi>
                  </Link>
                  {role === "admin" && <span className="block font-normal text-ink-2">administrator</span>}
                </th>
                <td>{email ?? <span className="text-ink-2">none</span>}</td>
                <td>
                  <State kind={state.kind}>{state.word}</State>
                </td>
                {counts.map((n, at) => (
                  <td key={at} className="num">
                    {n}
                  </td>
                ))}
                <td className="whitespace-nowrap">{since}</td>
              </tr>
            ))}
          </tbody>
        </Grid>
      )}
      <Pager next={nextCursor} />
    </>
  );
}
