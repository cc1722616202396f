/**
 * The only maker of event-stream bytes. Remix' `eventStream` writes neither ids, comments nor `retry:`, throws when it is
 * used after its end, and buffers without limit for a reader that does not read; all that is taken care of here.
 */
import { eventStream } from "remix-utils/sse/server";

export type StreamEvent = { event: string; id?: number; data: unknown; last?: boolean };
export type StreamSource = {
  /** aborts when the response closes; a request's own signal may never fire */
  signal: AbortSignal;
  /** bytes the socket has not taken yet */
  backlog: () => number;
  /** Starts the source; called once. `push` and `end` may be called at any time, also after the end. */
  subscribe: (push: (event: StreamEvent) => void, end: () => void) => () => void;
};

/** Proxies drop idle streams at 30 s and more. */
export const PING_MS = 20_000;
/** A reader this far behind will not catch up; it reconnects and gets the present snapshot. */
export const DROP_BYTES = 64 * 1024;
export const RECHECK_MS = 100;
/** A comment without a blank line after it is legal anywhere between lines, so it cannot tear an event. */
export const PING = Buffer.from(": ping\n");

export const streamHeaders = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-cache",
  Connection: "keep-alive",
  "X-Accel-Buffering": "no",
};

/** The first line of a stream: jittered, so that a deploy does not bring all readers back in one moment. */
export function opening(): Buffer {
  return Buffer.from(`retry: ${3_000 + Math.floor(Math.random() * 4_000)}\n`);
}

export function eventBytes({ event, id, data }: StreamEvent): Buffer {
  const named = id === undefined ? event : `${event}\nid: ${id}`;
  return Buffer.from(`event: ${named}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** The answer of a stream route: snapshots as they come, the newest only for a slow reader, closed after `last`. */
export function streamResponse(source: StreamSource): Response {
  let raw: TransformStreamDefaultController<Uint8Array> | undefined;
  const bytes = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => void (raw = controller),
  });
  const events = eventStream(source.signal, (_send, close) => {
    let open = true;
    let waiting: StreamEvent | undefined;
    let recheck: NodeJS.Timeout | undefined;
    // `eventStream` knows its own end only after this function has returned, so nothing may end it before.
    const end = () => queueMicrotask(() => open && close());

    const push = (event: StreamEvent) => {
      if (!open) return;
      const backlog = source.backlog();
      if (backlog > DROP_BYTES) return end();
      if (backlog > 0) {
        waiting = event;
        recheck ??= setTimeout(() => {
          recheck = undefined;
          if (waiting) push(waiting);
        }, RECHECK_MS);
        return;
      }
      waiting = undefined;
      raw?.enqueue(eventBytes(event));
      if (event.last) end();
    };

    const ping = setInterval(() => {
      if (source.backlog() > DROP_BYTES) end();
      else raw?.enqueue(PING);
    }, PING_MS);
    const unsubscribe = source.subscribe(push, end);
    return () => {
      open = false;
      clearInterval(ping);
      clearTimeout(recheck);
      unsubscribe();
    };
  });
  raw?.enqueue(opening());
  const body = events.body?.pipeThrough(bytes) ?? null;
  return new Response(body, { headers: streamHeaders });
}
