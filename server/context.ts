/** What a request is answered with: the services of this process, and who is asking. */
import type { Db } from "#db/index";
import type { ControlledQueue } from "#db/queue";
import type { BallotBox } from "./ballot-box/index.ts";
import type { Limits } from "./limits.ts";
import type { Hub } from "./live/hub.ts";
import type { StreamLimits } from "./live/stream-limits.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics/index.ts";
import type { RecordBook } from "./record.ts";
import type { Sessions, SignedIn } from "./session/sessions.ts";
import type { Upstreams } from "./upstreams/index.ts";

/** Made once a process in web.ts. */
export type Services = {
  db: Db;
  /** for the one question that may take minutes: ranking anew for `/api/cron` */
  patientDb: Db;
  queue: ControlledQueue;
  upstreams: Upstreams;
  hub: Hub;
  sessions: Sessions;
  limits: Limits;
  ballotBox: BallotBox;
  streams: StreamLimits;
  metrics: Metrics;
  recordBook: RecordBook;
  log: Logger;
  settings: Settings;
};

export type Settings = {
  /** our own origin where it is configured; else the Host header says */
  appUrl?: string;
  /** past setlists not read again for so many days are not shown */
  keepDays: number;
  /** the upstreams are the simulator: pages say that the artists are invented */
  simulated: boolean;
  /** people without an account may vote */
  guestVotes: boolean;
  /** what operators' scripts send as their bearer; unset: they are not answered */
  cronSecret?: string;
  /** what Prometheus sends as its bearer; unset: `/metrics` is nothing */
  metricsToken?: string;
};

/** What procedures see. */
export type Context = Services & {
  /** aborts when the response closes */
  signal: AbortSignal;
  requestId: string;
  /** tells visitors apart; neither is stored nor logged */
  visitor: { address: string; userAgent: string };
  /** what a script sent as `Authorization: Bearer …` */
  bearer?: string;
  /** who is asking, by the session's cookie: a fan or a guest; read at most once a request */
  fan(): Promise<SignedIn | undefined>;
  /** adds a Set-Cookie to the answer */
  setCookie(cookie: string): void;
};
