/** `GET /api/artists/:id/stream`: the newest import of an artist, whole, until it has ended. Reading starts nothing. */
import type { Db } from "#db/index";
import { isFinal } from "#db/queries/imports";
import type { Hub } from "./hub.ts";
import { streamResponse, type StreamEvent } from "./stream.ts";
import { type ProgressSnapshot, progressTopic } from "./topics.ts";

export type Connection = { signal: AbortSignal; backlog: () => number };

/**
 * @param request its `Last-Event-ID` tells what the reader has seen: at or past a final revision the answer is 204, which
 *   by the standard ends an EventSource's reconnecting
 */
export async function progressStream(
  db: Db,
  hub: Hub,
  connection: Connection,
  artistId: string,
  request: Request,
): Promise<Response> {
  const topic = progressTopic(db, artistId);
  const now = await topic.read();
  const seen = Number(request.headers.get("Last-Event-ID") ?? Number.NaN);
  if (now && isFinal(now.status.stage) && seen >= now.revision) return new Response(null, { status: 204 });
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
      return unfollow;
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
