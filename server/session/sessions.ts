/**
 * Who is asking, by their cookie. Remembers answers of the database for a minute at most; a NOTIFY names the fan of whom
 * something changed (signed out, blocked, promoted, left), in every web process. While the hub does not listen nothing
 * is remembered. Made in web.ts.
 */
import { channels } from "#db/channels";
import type { Db } from "#db/index";
import { findSession, touchSession } from "#db/queries/sessions";
import type { Hub } from "../live/hub.ts";
import type { SessionCookie } from "./cookie.ts";

const KEEP_MS = 60_000;
/** fans at once that are worth the memory: about 20 MB */
const MOST = 50_000;

/** Somebody with a session; a guest has no e-mail. */
export type SignedIn = {
  id: string;
  sessionId: string;
  name: string | null;
  email: string | null;
  role: "fan" | "admin";
  guest: boolean;
  blocked: boolean;
};

export type Sessions = {
  cookie: SessionCookie;
  /** @param cookies the request's Cookie header */
  read(cookies: string | undefined): Promise<SignedIn | undefined>;
  /** forgets what is remembered of a fan, in this process at once; the others hear of it by `notify(db, channels.fan, id)` */
  forget(fanId: string): void;
  stop(): void;
};

export function createSessions(options: { db: Db; hub: Hub; cookie: SessionCookie }): Sessions {
  const { db, hub, cookie } = options;
  const known = new Map<string, { fan: SignedIn; until: number }>();
  /** how often something was to be forgotten: an answer of the database that was under way meanwhile may be old */
  let forgotten = 0;
  const forget = (fanId: string) => {
    forgotten++;
    for (const [key, { fan }] of known) if (fan.id === fanId) known.delete(key);
  };
  const unhear = hub.hear(channels.fan, forget, () => {
    forgotten++;
    known.clear();
  });
  return {
    cookie,
    forget,
    stop: unhear,
    async read(cookies) {
      const hash = cookie.read(cookies);
      if (!hash) return undefined;
      const key = hash.toString("base64");
      const kept = known.get(key);
      if (kept && kept.until > Date.now() && hub.listening()) return kept.fan;
      known.delete(key);
      const before = forgotten;
      const found = await findSession(db, hash);
      if (!found) return undefined;
      const { stale, ...fan } = found;
      if (stale) await touchSession(db, fan.sessionId);
      if (forgotten !== before) return fan;
      if (known.size >= MOST) known.delete(known.keys().next().value ?? "");
      known.set(key, { fan, until: Date.now() + KEEP_MS });
      return fan;
    },
  };
}
