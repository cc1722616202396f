/**
 * Follows an event stream of whole snapshots. A stream that fails is replaced by asking until it is back; a hidden page
 * lets go of its connection.
 */

/** Browsers hold six connections a site: a tab nobody looks at must not keep one. */
const HIDDEN_MS = 30_000;
/** Gone, or no longer for us: asking again changes nothing. */
const OVER = [401, 403, 404];
const POLL_MS = { first: 2_000, most: 30_000 };

/** `live`: as heard from the stream; `reconnecting`: it broke, and we ask; `stopped`: nothing more will come. */
export type StreamState = "live" | "reconnecting" | "stopped";

export type Following<Snapshot> = {
  stream: string;
  /** the event's name */
  event: string;
  /** where the same snapshot is had by asking */
  status: string;
  onSnapshot: (snapshot: Snapshot) => void;
  onState?: (state: StreamState) => void;
  /** how long a hidden page keeps its connection; 30 s, so that a glance at another tab costs nothing */
  restAfterMs?: number | undefined;
  /** nothing comes after this one */
  isLast?: (snapshot: Snapshot) => boolean;
};

/** @returns what stops it */
export function followStream<Snapshot>(following: Following<Snapshot>): () => void {
  const { onSnapshot, onState = () => undefined, isLast = () => false } = following;
  const { restAfterMs = HIDDEN_MS } = following;
  let source: EventSource | undefined;
  let poll: ReturnType<typeof setTimeout> | undefined;
  let hide: ReturnType<typeof setTimeout> | undefined;
  let polls = 0;
  let heard = 0;
  let over = false;

  function take(snapshot: Snapshot) {
    onSnapshot(snapshot);
    if (isLast(snapshot)) finish();
  }

  function open() {
    if (source || over) return;
    source = new EventSource(following.stream);
    source.addEventListener(following.event, (event) => {
      clearTimeout(poll);
      poll = undefined;
      polls = 0;
      heard++;
      onState("live");
      take(JSON.parse((event as MessageEvent<string>).data) as Snapshot);
    });
    source.onerror = () => {
      // A closed source was refused and will not come back by itself; an interrupted one reconnects while we ask.
      if (source?.readyState === EventSource.CLOSED) source = undefined;
      onState("reconnecting");
      pollSoon();
    };
  }

  function pollSoon() {
    if (over || poll !== undefined) return;
    const delay = Math.min(POLL_MS.most, POLL_MS.first * 2 ** polls++) * (0.5 + Math.random() / 2);
    poll = setTimeout(() => void ask(), delay);
  }

  async function ask() {
    const before = heard;
    const response = await fetch(following.status, { headers: { Accept: "application/json" } }).catch(
      () => undefined,
    );
    const answer = response?.ok ? ((await response.json().catch(() => undefined)) as Snapshot) : undefined;
    poll = undefined;
    // The stream has spoken meanwhile: what it said is newer.
    if (over || heard !== before) return;
    if (answer !== undefined) take(answer);
    if (response && OVER.includes(response.status)) return finish();
    if (document.hidden) return;
    open();
    if (source?.readyState !== EventSource.OPEN) pollSoon();
  }

  function close() {
    source?.close();
    source = undefined;
    clearTimeout(poll);
    poll = undefined;
  }

  function onVisibility() {
    clearTimeout(hide);
    if (document.hidden) hide = setTimeout(close, restAfterMs);
    else open();
  }

  function finish() {
    stop();
    onState("stopped");
  }

  function stop() {
    over = true;
    close();
    clearTimeout(hide);
    document.removeEventListener("visibilitychange", onVisibility);
  }

  document.addEventListener("visibilitychange", onVisibility);
  open();
  if (document.hidden) onVisibility();
  return stop;
}
