/** The dashboard as one answer, for a page whose stream fails. */
import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { noStore } from "../admin.server";
import { load, methodNotAllowed } from "../call.server";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const range = new URL(request.url).searchParams.get("range")?.slice(0, 10);
  return json(await load(context.trpc.admin.overview({ range })), { headers: noStore });
}

export const action = () => methodNotAllowed("GET");
