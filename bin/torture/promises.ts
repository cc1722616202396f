/** What the long round proves, each in a test that is named by its number. */
export const promises = {
  R1: { file: "kills", about: "a worker killed 200 times loses and doubles nothing" },
  R2: {
    file: "kills",
    about: "another worker takes over within 30 s, and no step runs twice at once",
  },
  R3: { file: "clicks", about: "web killed during 500 clicks leaves no import without a job" },
  R4: { file: "stops", about: "a worker paused for 40 s writes nothing late" },
  R5: { file: "votes", about: "50,000 votes: acknowledged is stored, while Postgres restarts and web dies" },
  R6: { file: "vote-races", about: "casting and taking back at once end as the last one said" },
  R7: { file: "clicks", about: "100 clicks at two web processes are one import" },
  R8: { file: "live", about: "open pages tell the truth again after every way of losing the connection" },
  R9: { file: "crowd", about: "2,000 open pages are cheap" },
  R10: { file: "crowd", about: "readers that never read hurt only themselves" },
  R11: { file: "live", about: "1,000 open pages outlive a restart of web" },
  R12: { file: "long/leaks", about: "5,000 streams that come and go leave nothing behind" },
  R13: {
    file: ["stops", "long/graceful"],
    about: "stopping in order tears no answer and hands jobs back at once",
  },
  R14: { file: "long/starts", about: "npm start comes up after 20 kills of the starter, and of everything" },
  R15: { file: "long/away", about: "Postgres away for a minute: 503 in time, then all goes on" },
  R16: { file: "long/disk-full", about: "a full disk loses nothing, and it works when there is space again" },
  R19: { file: "long/schedules", about: "schedules missed while all was down run once each" },
  R20: { file: "poison", about: "poisoned answers end an import, and break nothing" },
  R21: { file: "long/politeness", about: "three workers together ask no faster than a service allows" },
  R22: { file: "faults", about: "every failure of every service in every step costs its own part only" },
  R25: { file: "long/neighbours", about: "two products stand side by side" },
} as const satisfies Record<string, { file: string | readonly string[]; about: string }>;

export type PromiseName = keyof typeof promises;
