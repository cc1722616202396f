/** How a call to a service can end badly. Messages are our own words: no address, no key, nothing of an answer's body. */

export type UpstreamName = "ticketmaster" | "spotify" | "setlistfm" | "musicbrainz";

/** As the services write themselves. */
export const titles: Record<UpstreamName, string> = {
  ticketmaster: "Ticketmaster",
  spotify: "Spotify",
  setlistfm: "setlist.fm",
  musicbrainz: "MusicBrainz",
};

export type UpstreamErrorKind =
  /** no key given: the service is not asked at all */
  | "not-configured"
  /** the service does not take our key; nothing is asked until it changes */
  | "refused"
  /** the day's calls are used up, by our count or by theirs */
  | "quota"
  /** no turn in time, or asked too fast */
  | "busy"
  /** it failed too often just now and is left alone for a while */
  | "closed"
  /** no answer, a broken one, or a server error */
  | "unavailable"
  /** an answer we cannot read */
  | "invalid"
  | "not-found"
  /** the service understood and says no (4xx): asking again would not help */
  | "rejected";

export type UpstreamErrorFields = {
  /** HTTP status, when there was an answer */
  status?: number | undefined;
  /** asking again later may help; by default it follows from the kind */
  retryable?: boolean | undefined;
  /** when it is known from which moment on */
  until?: Date | undefined;
};

const hopeless: UpstreamErrorKind[] = ["not-configured", "refused", "not-found", "rejected"];

export class UpstreamError extends Error {
  override readonly name = "UpstreamError";
  readonly status: number | undefined;
  readonly retryable: boolean;
  readonly until: Date | undefined;

  /** @param what goes after the service's name: "did not answer within 30 s" */
  constructor(
    readonly upstream: UpstreamName,
    readonly kind: UpstreamErrorKind,
    private readonly what: string,
    fields: UpstreamErrorFields = {},
  ) {
    super(`${titles[upstream]} ${what}`);
    this.status = fields.status;
    this.retryable = fields.retryable ?? !hopeless.includes(kind);
    this.until = fields.until;
  }

  /** The same, now that it is known how long to stay away. */
  withUntil(until: Date): UpstreamError {
    const { upstream, kind, what, status, retryable } = this;
    return new UpstreamError(upstream, kind, what, { status, retryable, until });
  }
}

/** "09:40 UTC", rounded up, so that nobody comes back a moment too early. */
function clock(moment: Date): string {
  return `${new Date(Math.ceil(moment.getTime() / 60_000) * 60_000).toISOString().slice(11, 16)} UTC`;
}

/** A sentence fit for a fan, without a full stop. */
export function describe(error: UpstreamError): string {
  const who = titles[error.upstream];
  const until = error.until ? ` until ${clock(error.until)}` : "";
  switch (error.kind) {
    case "not-configured":
      return `${who} is not set up here`;
    case "refused":
      // Whose key it is, and what to do about it, is the administrator's: the overview and doctor say it.
      return `${who} does not let us in just now`;
    case "quota":
      return `${who} is out of its day's calls${until}`;
    case "busy":
      return `${who} is busy just now`;
    case "closed":
      return `${who} has not answered lately and is left alone${until || " for a while"}`;
    case "unavailable":
      return `${who} has not answered`;
    case "invalid":
      return `${who} sent something we could not read`;
    case "not-found":
      return `${who} does not know it`;
    case "rejected":
      return `${who} turned the request down`;
  }
}

/** For `catch` after a lookup: what the service does not know is nothing, every other end is thrown on. */
export function unknownIsNothing(error: unknown): undefined {
  if (error instanceof UpstreamError && error.kind === "not-found") return undefined;
  throw error;
}
