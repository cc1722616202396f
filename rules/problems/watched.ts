/** What is watched, as it was read, and how a problem is told. */

export type Problem = {
  /** bad: something is not being done; warn: somebody should know */
  level: "bad" | "warn";
  /** what it is about and how that is; the text goes on from there */
  title: string;
  text: string;
  press?: { act: "resume" | "open"; subject: string; words: string };
  link?: { to: string; words: string };
};

export type Part<T> = { cut: true } | { cut: false; value: T };

export type Watched = {
  queues: Part<
    {
      name: string;
      state: string;
      waiting: number;
      oldestWaitingSeconds: number | null;
      pausedAt: Date | null;
      pausedBy: string | null;
      pauseReason: string | null;
    }[]
  >;
  upstreams: Part<
    {
      name: string;
      title: string;
      state: string;
      spent: boolean;
      perDay: number;
      until?: Date;
      lastError?: string;
    }[]
  >;
  workers: Part<
    {
      host: string;
      pid: number;
      live: boolean;
      silentSeconds: number;
      jobs: unknown[];
      takenOver: number;
    }[]
  >;
  database: Part<{
    notificationQueue: number;
    connections: number;
    connectionsMost: number;
    oldestTransactionSeconds: number | null;
  }>;
  schedules: Part<{ name: string; lastResult: string | null; lastError: string | null }[]>;
  imports: Part<unknown>;
  series: Part<unknown>;
  failures: Part<unknown>;
};

/** What a part holds when it was read. */
export type In<Name extends keyof Watched> = Extract<Watched[Name], { cut: false }>["value"];
