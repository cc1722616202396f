import type { ActionFunctionArgs } from "@remix-run/node";
import { load, methodNotAllowed, refusal } from "../call.server";

/** Reading counts nothing. */
export const loader = () => methodNotAllowed("POST");

export async function action({ request, context }: ActionFunctionArgs) {
  if (request.method !== "POST") return methodNotAllowed("POST");
  const path = await readPath(request);
  if (path === undefined) {
    const message = 'Send JSON like {"path": "/artists/…"} as application/json.';
    return refusal(400, { code: "BAD_REQUEST", message, field: "path" });
  }
  await load(context.trpc.view.record({ path }));
  return new Response(null, { status: 204 });
}

async function readPath(request: Request): Promise<string | undefined> {
  if (!/^application\/json\b/i.test(request.headers.get("Content-Type") ?? "")) return undefined;
  const body = (await request.json().catch(() => undefined)) as { path?: unknown } | null | undefined;
  return typeof body?.path === "string" ? body.path : undefined;
}
