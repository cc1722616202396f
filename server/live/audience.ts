/**
 * The readers of one show: one follower of the hub, one Buffer a snapshot, written by it to every socket. A reader that
 * has not taken the last snapshot yet skips to the newest; one that takes nothing is dropped and comes back by itself.
 */
import type { ServerResponse } from "node:http";
import type { Db } from "#db/index";
import type { Hub } from "./hub.ts";
import { DROP_BYTES, opening, PING, PING_MS, RECHECK_MS } from "./stream.ts";
import { tallyTopic } from "./topics.ts";

export type Audience = {
  /** Writes the present snapshot, and every later one until the response closes. Its headers are out already. */
  join(res: ServerResponse): void;
  /** Gives everyone the snapshot, as bytes of an event. */
  tell(bytes: Buffer): void;
  /** the newest snapshot */
  newest(): Buffer | undefined;
  /** Ends all streams; their readers come back, to another process or to a refusal. */
  end(): void;
  /** Closes the audience if nobody is left in it. */
  settle(): void;
};

/** @param onEmpty nobody is left in it; called once */
export function createAudience(onEmpty: () => void): Audience {
  const readers = new Set<ServerResponse>();
  /** those that have not taken the last snapshot */
  const behind = new Set<ServerResponse>();
  let newest: Buffer | undefined;
  let recheck: NodeJS.Timeout | undefined;
  let over = false;

  function write(res: ServerResponse, bytes: Buffer): void {
    const backlog = res.writableLength;
    if (backlog > DROP_BYTES) return void res.destroy();
    if (backlog === 0) {
      behind.delete(res);
      res.write(bytes);
      return;
    }
    behind.add(res);
    // `drain` comes only after a write that filled the buffer, so we look: one timer for all of them.
    recheck ??= setTimeout(catchUp, RECHECK_MS);
  }

  function catchUp(): void {
    recheck = undefined;
    if (newest) for (const res of [...behind]) write(res, newest);
  }

  function settle(): void {
    if (readers.size > 0) return;
    clearTimeout(recheck);
    onEmpty();
  }

  return {
    join(res) {
      if (over) return void res.end();
      let stuck = false;
      const pings = setInterval(() => {
        const unread = res.writableLength > 0;
        if (!unread) res.write(PING);
        // It took nothing between two pings: a phone in a tunnel, or somebody who never reads.
        else if (stuck) res.destroy();
        stuck = unread;
      }, PING_MS);
      readers.add(res);
      res.once("close", () => {
        clearInterval(pings);
        readers.delete(res);
        behind.delete(res);
        settle();
      });
      res.write(newest ? Buffer.concat([opening(), newest]) : opening());
    },
    tell(bytes) {
      newest = bytes;
      for (const res of readers) write(res, bytes);
    },
    newest: () => newest,
    end() {
      over = true;
      for (const res of readers) res.end();
    },
    settle,
  };
}

export type Audiences = {
  /** Everyone who looks at a show, with its present snapshot read; undefined when there is no such show. */
  of(showId: string): Promise<Audience | undefined>;
  /** The snapshot all of them have, where somebody looks. */
  newest(showId: string): Promise<Buffer | undefined>;
};

export function createAudiences(db: Db, hub: Hub): Audiences {
  /** promises, so that a thousand who come back at once make one reading */
  const audiences = new Map<string, Promise<Audience | undefined>>();

  async function open(showId: string): Promise<Audience | undefined> {
    const topic = tallyTopic(db, showId);
    const close = () => {
      unfollow();
      audiences.delete(showId);
    };
    const audience = createAudience(close);
    const tell = (bytes: Buffer | undefined) => (bytes ? audience.tell(bytes) : audience.end());
    // Followed first, read after: no change falls between. What the hub has delivered meanwhile is newer.
    const unfollow = hub.follow(topic, tell, () => audience.end());
    try {
      const bytes = await topic.read();
      if (!bytes) return void close();
      if (!audience.newest()) audience.tell(bytes);
      return audience;
    } catch (error) {
      close();
      throw error;
    }
  }

  return {
    of(showId) {
      const known = audiences.get(showId);
      if (known) return known;
      const opening = open(showId);
      audiences.set(showId, opening);
      return opening;
    },
    newest: async (showId) => (await audiences.get(showId)?.catch(() => undefined))?.newest(),
  };
}
