import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { actAdmin, loadAdmin, noStore } from "../../admin.server";
import { Said } from "../../components/control/said";
import { queueActs } from "../../queue-acts.server";
import { queueWords } from "../../queue-words";
import type { Handle } from "../../root";
import { Database, Schedules, Workers } from "./machines";
import { Queues } from "./queues";
import { Figures, Headline, Problems } from "./top";
import { Upstreams } from "./upstreams";
import { useOverview } from "./use-overview";
import { Failures, ImportsNow } from "./work";

export const handle: Handle = { lookAgain: () => 10 };

export async function loader({ request, context: { trpc } }: LoaderFunctionArgs) {
  const range = new URL(request.url).searchParams.get("range")?.slice(0, 10);
  return json(await loadAdmin(request, trpc.admin.overview({ range })), { headers: noStore });
}

export function action({ request, context: { trpc } }: ActionFunctionArgs) {
  return actAdmin(request, {
    ...queueActs(trpc),
    async open(field) {
      await trpc.admin.openUpstream({ name: field("subject") });
    },
  });
}

export const meta: MetaFunction = () => [
  { title: "Control room · TheSet" },
  { name: "robots", content: "noindex" },
];

const said = { ...queueWords, open: () => "It is asked again from now on." };

export default function OverviewPage() {
  const live = useOverview(useLoaderData<typeof loader>());
  const { overview } = live;
  return (
    <>
      <Headline live={live} />
      <Said words={said} />
      <Problems problems={overview.problems} />
      <Figures overview={overview} />
      <Queues overview={overview} />
      <div className="grid gap-x-9 desk:grid-cols-2">
        <ImportsNow overview={overview} />
        <Failures overview={overview} />
      </div>
      <Upstreams overview={overview} />
      <div className="grid gap-x-9 desk:grid-cols-2">
        <Workers overview={overview} />
        <Schedules overview={overview} />
        <Database overview={overview} />
      </div>
    </>
  );
}
