import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { load, methodNotAllowed } from "../call.server";
import { localDay } from "../formats";

/** Everything kept about whoever asks, as a file. */
export async function loader({ context: { trpc } }: LoaderFunctionArgs) {
  const { fan } = await load(trpc.auth.me());
  if (!fan) return redirect("/login?redirectTo=%2Faccount", { headers: { "Cache-Control": "no-store" } });
  const kept = await load(trpc.auth.export());
  return new Response(`${JSON.stringify(kept, null, 2)}\n`, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="theset-${localDay(kept.exportedAt, "UTC")}.json"`,
      "Cache-Control": "no-store",
    },
  });
}

export const action = () => methodNotAllowed("GET");
