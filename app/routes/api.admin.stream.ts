import type { LoaderFunctionArgs } from "@remix-run/node";
import { load, methodNotAllowed } from "../call.server";

export async function loader({ request, context }: LoaderFunctionArgs) {
  await load(context.trpc.admin.look());
  return context.live.admin(request);
}

export const action = () => methodNotAllowed("GET");
