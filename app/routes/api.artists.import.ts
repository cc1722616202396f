import { json, type ActionFunctionArgs } from "@remix-run/node";
import { load, methodNotAllowed, refusal } from "../call.server";

export const loader = () => methodNotAllowed("POST");

export async function action({ request, context }: ActionFunctionArgs) {
  if (request.method !== "POST") return methodNotAllowed("POST");
  const tmAttractionId = await readId(request);
  if (tmAttractionId === undefined) {
    const message = 'Send JSON like {"tmAttractionId": "K8vZ917Gku7"} as application/json.';
    return refusal(400, { code: "BAD_REQUEST", message, field: "tmAttractionId" });
  }
  return json(await load(context.trpc.artist.import({ tmAttractionId })), { status: 202 });
}

/** What stands in the body as the id, or undefined when no text does; whether it is a good id is the procedure's word. */
async function readId(request: Request): Promise<string | undefined> {
  if (!/^application\/json\b/i.test(request.headers.get("Content-Type") ?? "")) return undefined;
  const body = (await request.json().catch(() => undefined)) as
    { tmAttractionId?: unknown } | null | undefined;
  return typeof body?.tmAttractionId === "string" ? body.tmAttractionId : undefined;
}
