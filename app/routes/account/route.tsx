import {
  json,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { load } from "../../call.server";
import { act } from "./act.server";
import { isCovered } from "../../spoilers";
import { Leave } from "./leave";
import { MyRecord } from "./my-record";
import { type AccountPage as Page, readAccountPage } from "./page.server";
import { Picks } from "./picks";
import { Sessions } from "./sessions";
import { Settings } from "./settings";

/** Nothing of this page stays in a browser that somebody else opens next. */
const noStore = { "Cache-Control": "no-store" };

export async function loader({ request, context: { trpc } }: LoaderFunctionArgs) {
  const { fan } = await load(trpc.auth.me());
  if (!fan) return redirect("/login?redirectTo=%2Faccount", { headers: noStore });
  const page = await load(readAccountPage(trpc, fan, new URL(request.url).searchParams, isCovered(request)));
  return json(page, { headers: noStore });
}

export const action = ({ request, context }: ActionFunctionArgs) => load(act(context.trpc, request));

export const headers: HeadersFunction = () => noStore;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.me.guest ? "Your picks" : "Your account"} · TheSet` },
  { name: "robots", content: "noindex" },
];

export default function AccountPage() {
  const page = useLoaderData<typeof loader>() as Page;
  const refused = useActionData<typeof action>()?.refused;
  const { me, said, wayOn } = page;
  const record = page.record && <MyRecord record={page.record} guest={me.guest} today={page.today} />;
  return (
    <>
      <h1 className="shout shout-s">{me.guest ? "Your picks" : <bdi>{me.name}</bdi>}</h1>
      {me.guest ? <Invitation /> : <p className="lead">{me.email}</p>}
      {me.blocked && (
        <p className="note note-bad mt-5">
          An administrator has blocked this account: it cannot vote or follow any more. What is kept about you
          is yours to download and to delete, below.
        </p>
      )}
      {said && (
        <p role="status" className="note mt-5">
          {said} {wayOn && <Link to={wayOn}>Go on where you were</Link>}
        </p>
      )}
      {me.role === "admin" && (
        <p className="mt-3">
          <Link to="/admin" className="tap">
            The control room
          </Link>
        </p>
      )}
      <p className="mt-3">
        <Link to="/account/shows" className="tap">
          My shows, whom I follow, and a calendar of both
        </Link>
      </p>
      <div className="cols mt-8">
        <div className="grid min-w-0 gap-7">
          {/* What there is to read comes first. */}
          {page.record && page.record.shows > 0 && record}
          <Picks {...page.picks} today={page.today} />
          {page.record?.shows === 0 && record}
        </div>
        <div className="rail !static">
          {!me.guest && <Sessions sessions={page.sessions} refused={refused} />}
          {!me.guest && !me.blocked && <Settings me={me} refused={refused} />}
          <Leave guest={me.guest} refused={refused} />
        </div>
      </div>
    </>
  );
}

function Invitation() {
  return (
    <>
      <p className="lead">
        You are here as a guest. Your picks hang on a cookie of this browser alone: joining keeps them for
        good, and brings them to your other devices.
      </p>
      <p className="mt-5 flex flex-wrap gap-2">
        <Link to="/join?redirectTo=%2Faccount" className="btn btn-main">
          Join and keep them
        </Link>
        <Link to="/login?redirectTo=%2Faccount" className="btn">
          Sign in
        </Link>
      </p>
    </>
  );
}
