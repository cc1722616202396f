import type { LoaderFunctionArgs } from "@remix-run/node";
import { load, methodNotAllowed } from "../call.server";

export async function loader({ params: { id = "" }, request, context }: LoaderFunctionArgs) {
  await load(context.trpc.artist.exists({ artistId: id }));
  return context.live.progress(id, request);
}

export const action = () => methodNotAllowed("GET");
