import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { load, methodNotAllowed } from "../call.server";

export async function loader({ params: { id = "" }, context }: LoaderFunctionArgs) {
  const status = await load(context.trpc.artist.importStatus({ artistId: id }));
  return json(status, { headers: { "Cache-Control": "no-store" } });
}

export const action = () => methodNotAllowed("GET");
