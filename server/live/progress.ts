/** `GET /api/artists/:id/stream`: the newest import of an artist, whole, until it has ended. Reading starts nothing. */
import { isFinal } from "#db/queries/imports";
import type { Services } from "../context.ts";
import { streamResponse, type StreamEvent } from "./stream.ts";
import { tooManyStreams } from "./stream-limits.ts";
import { type ProgressSnapshot, progressTopic } from "./topics.ts";

export type Connection = { signal: AbortSignal; backlog: () => number; address: string };

/**
 * @param connection the reader's socket, and whose place it takes
 * @param request its `Last-Event-ID` tells what the reader has seen: at or past a final revision the answer is 204, which
 *   by the standard ends an EventSource's reconnecting
 */
export async function progressStream(
  { db, hub, streams }: Pick<Services, "db" | "hub" | "streams">,
  { address, ...connection }: Connection,
  artistId: string,
  request: Request,
): Promise<Response> {
  const topic = progressTopic(db, artistId);
  const now = await topic.read();
  const seen = Number(request.headers.get("Last-Event-ID") ?? Number.NaN);
  if (now && isFinal(now.status.stage) && seen >= now.revision) return new Response(null, { status: 204 });
  const leave = streams.enter(address, "import");
  if (!leave) {
    const { status, retryAfter, ...error } = tooManyStreams();
    return Response.json({ error }, { status, headers: { "Retry-After": retryAfter } });
  }
  return streamResponse({
    ...connection,
    subscribe(push, end) {
      let newest = -1;
      const show = (snapshot: ProgressSnapshot) => {
        // Reads may overtake each other between the first one and the hub's: a percentage never falls.
        if (!snapshot || snapshot.revision <= newest) return;
        newest = snapshot.revision;
        push(progressEvent(snapshot));
      };
      const unfollow = hub.follow(topic, show, end);
      // Followed first, read after: no change falls between.
      topic.read().then(show, () => undefined);
      return () => {
        unfollow();
        leave();
      };
    },
  });
}

function progressEvent({ status, revision }: NonNullable<ProgressSnapshot>): StreamEvent {
  return {
    event: "progress",
    id: revision,
    data: { ...status, at: new Date() },
    last: isFinal(status.stage),
  };
}
