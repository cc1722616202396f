import {
  type ActionFunctionArgs,
  type HeadersFunction,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { actAdmin, loadAdmin, noStore } from "../../admin.server";
import { Grid, Heads } from "../../components/control/grid";
import { Said } from "../../components/control/said";
import { State } from "../../components/control/state";
import { count, stamp } from "../../formats";
import { nameOf, stateOf } from "../admin.people._index/words";
import { Deeds } from "./deeds";

export async function loader({ request, params, context: { trpc } }: LoaderFunctionArgs) {
  const { fan, signIns, me } = await loadAdmin(request, trpc.admin.fan({ fanId: params.fanId ?? "" }));
  const [blocked, left] = [fan.blockedAt !== null, fan.deletedAt !== null];
  const page = {
    id: fan.id,
    name: nameOf(fan),
    email: fan.email,
    role: fan.role,
    blocked,
    left,
    guest: fan.email === null,
    mine: fan.id === me,
    state: stateOf({ blocked, left, guest: fan.email === null }),
    since: stamp(fan.createdAt, "UTC"),
    blockedAt: fan.blockedAt && stamp(fan.blockedAt, "UTC"),
    leftAt: fan.deletedAt && stamp(fan.deletedAt, "UTC"),
    sessions: fan.sessions,
    counts: [
      count(fan.votes, "vote"),
      `${count(fan.follows, "artist")} followed`,
      `${count(fan.suggestions, "song")} suggested${fan.hidden > 0 ? `, ${fan.hidden} of them hidden` : ""}`,
    ],
    signIns: signIns.map(({ id, userAgent, createdAt, seenAt }) => ({
      id,
      userAgent: userAgent || "a browser that does not say its name",
      since: stamp(createdAt, "UTC"),
      seen: stamp(seenAt, "UTC"),
    })),
  };
  return json(page, { headers: noStore });
}

export const action = ({ request, params, context: { trpc } }: ActionFunctionArgs) => {
  const fanId = params.fanId ?? "";
  return actAdmin(request, {
    async promote() {
      await trpc.admin.setRole({ fanId, role: "admin" });
    },
    async demote() {
      await trpc.admin.setRole({ fanId, role: "fan" });
    },
    async block(field) {
      await trpc.admin.block({ fanId, reason: field("reason") });
    },
    async unblock() {
      await trpc.admin.unblock({ fanId });
    },
    async end() {
      return (await trpc.admin.endSessions({ fanId })).ended;
    },
  });
};

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? "No such fan"} · TheSet` },
  { name: "robots", content: "noindex" },
];

const said = {
  promote: () => "They are an administrator now.",
  demote: () => "They are a fan again.",
  block: () => "Blocked, from this moment on.",
  unblock: () => "They can take part again.",
  end: (n: number) => (n === 0 ? "They were signed in nowhere." : `${count(n, "sign-in")} ended.`),
};

export default function FanPage() {
  const fan = useLoaderData<typeof loader>();
  return (
    <>
      <p>
        <Link to="/admin/people">People</Link>
      </p>
      <h1>
        <bdi>{fan.name}</bdi>
      </h1>
      <Said words={said} />
      <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        <State kind={fan.state.kind}>{fan.state.word}</State>
        {fan.role === "admin" && <b>Administrator</b>}
        {fan.email && <span className="break-words">{fan.email}</span>}
        <span>here since {fan.since} UTC</span>
        {fan.blockedAt && <span>blocked since {fan.blockedAt} UTC</span>}
        {fan.leftAt && <span>left {fan.leftAt} UTC</span>}
      </p>
      <p className="mt-1">{fan.counts.join(" · ")}</p>
      <p className="mt-1 flex flex-wrap gap-x-4">
        <Link to={`/admin/audit?subjectKind=fan&subjectId=${fan.id}`}>What administrators did to them</Link>
        {fan.role === "admin" && <Link to={`/admin/audit?actor=${fan.id}`}>What they did here</Link>}
      </p>
      {fan.left ? (
        <p className="mt-3">They have left: nothing personal is kept, and there is nothing to do here.</p>
      ) : (
        <Deeds fan={fan} />
      )}
      <h2>Sign-ins</h2>
      {fan.signIns.length === 0 ? (
        <p className="mt-3">They are signed in nowhere.</p>
      ) : (
        <Grid label="Sign-ins, the last used first">
          <Heads of={["Browser", "Last used, UTC, to the hour", "Since, UTC"]} />
          <tbody>
            {fan.signIns.map(({ id, userAgent, since, seen }) => (
              <tr key={id}>
                <th scope="row" className="max-w-[420px] break-words font-normal">
                  {userAgent}
                </th>
                <td className="whitespace-nowrap">{seen}</td>
                <td className="whitespace-nowrap">{since}</td>
              </tr>
            ))}
          </tbody>
        </Grid>
      )}
    </>
  );
}
