/**
 * The readers of one show: one follower of the hub, one Buffer a snapshot, written by it to every socket. A reader that
 * has not taken the last snapshot yet skips to the newest; one that takes nothing is dropped and comes back by itself.
 */
import type { ServerResponse } from "node:http";
import type { Db } from "#db/index";
import type { Hub } from "./hub.ts";
import { createReader, type Frame, frameOf, type Reader } from "./reader.ts";
import { RECHECK_MS } from "./stream.ts";
import { tallyTopic } from "./topics.ts";

export type Audience = {
  /** Writes the present snapshot, and every later one until the response closes. Its headers are written already. */
  join(res: ServerResponse): void;
  /** Gives everyone the snapshot, as bytes of an event. */
  tell(bytes: Buffer): void;
  /** whether there is a snapshot yet */
  hasSnapshot(): boolean;
  /** Ends all streams; their readers come back, to another process or to a refusal. */
  end(): void;
  /** Closes the audience if nobody is left in it. */
  settle(): void;
};

/** @param onEmpty nobody is left in it; called once */
export function createAudience(onEmpty: () => void): Audience {
  const readers = new Set<Reader>();
  /** those that have not taken the last snapshot */
  const behind = new Set<Reader>();
  let newest: Frame | undefined;
  let recheck: NodeJS.Timeout | undefined;
  let over = false;

  function catchUp(): void {
    recheck = undefined;
    if (newest) for (const reader of behind) if (reader.write(newest)) behind.delete(reader);
    if (behind.size > 0) lookAgain();
  }

  // `drain` comes only after a write that filled the buffer, so we look: one timer for all of them.
  function lookAgain(): void {
    recheck ??= setTimeout(catchUp, RECHECK_MS);
  }

  function settle(): void {
    if (readers.size > 0) return;
    clearTimeout(recheck);
    onEmpty();
  }

  return {
    join(res) {
      if (over) return void res.end();
      const reader = createReader(res, newest, () => {
        readers.delete(reader);
        behind.delete(reader);
        settle();
      });
      readers.add(reader);
    },
    tell(bytes) {
      if (over) return;
      newest = frameOf(bytes);
      behind.clear();
      for (const reader of readers) if (!reader.write(newest)) behind.add(reader);
      if (behind.size > 0) lookAgain();
    },
    hasSnapshot: () => newest !== undefined,
    end() {
      over = true;
      for (const reader of readers) reader.end();
    },
    settle,
  };
}

export type Audiences = {
  /** Everyone who looks at a show, with its present snapshot read; undefined when there is no such show. */
  of(showId: string): Promise<Audience | undefined>;
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
      if (!audience.hasSnapshot()) audience.tell(bytes);
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
  };
}
