import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { load, methodNotAllowed } from "../call.server";

export async function loader({ context }: LoaderFunctionArgs) {
  const results = await load(context.trpc.trending.recalculate());
  const answer = { success: true, timestamp: new Date().toISOString(), results };
  return json(answer, { headers: { "Cache-Control": "no-store" } });
}

export async function action(args: ActionFunctionArgs) {
  return args.request.method === "POST" ? loader(args) : methodNotAllowed("GET, POST");
}
