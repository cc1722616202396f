/**
 * An import as it happens: the loader's value first, then whole snapshots from one stream. A stream that fails is
 * replaced by polling; a hidden page lets go of its connection; nothing is opened for an import that has ended.
 */
import { useRevalidator } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { Progress } from "./types";

/** Browsers hold six connections a site: a tab nobody looks at must not keep one. */
const HIDDEN_MS = 30_000;
const POLL_MS = { first: 2_000, most: 30_000 };

const finals = ["completed", "partial", "failed", "cancelled"];

export function isRunning(progress: { stage: string } | null | undefined): boolean {
  return !!progress && !finals.includes(progress.stage);
}

/** The newest of the loader's value and what was heard since; the page is read again whenever the stage changes. */
export function useLive(artistId: string, loaded: Progress | null): Progress | null {
  const [heard, setHeard] = useState<Progress | null>(null);
  const { revalidate } = useRevalidator();
  const shown = newest(loaded, heard);
  const running = isRunning(shown);
  const stale = shown !== null && (shown.importId !== loaded?.importId || shown.stage !== loaded.stage);

  useEffect(() => {
    if (running) return follow(artistId, setHeard);
  }, [artistId, running]);

  const stage = shown?.stage;
  useEffect(() => {
    if (stale) revalidate();
    // Once a stage: `stale` stays true while the answer is on its way.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [stage, shown?.importId]);

  return shown;
}

export function newest(loaded: Progress | null, heard: Progress | null): Progress | null {
  if (!loaded || !heard) return loaded ?? heard;
  if (loaded.importId === heard.importId) return heard.updatedAt >= loaded.updatedAt ? heard : loaded;
  return heard.startedAt > loaded.startedAt ? heard : loaded;
}

/** Calls `onSnapshot` until the import has ended. @returns what stops it before */
export function follow(artistId: string, onSnapshot: (progress: Progress) => void): () => void {
  const base = `/api/artists/${encodeURIComponent(artistId)}`;
  let source: EventSource | undefined;
  let poll: ReturnType<typeof setTimeout> | undefined;
  let hide: ReturnType<typeof setTimeout> | undefined;
  let polls = 0;
  let over = false;

  function take(progress: Progress) {
    onSnapshot(progress);
    if (!isRunning(progress)) stop();
  }

  function open() {
    if (source || over) return;
    source = new EventSource(`${base}/stream`);
    source.addEventListener("progress", (event) => {
      clearTimeout(poll);
      poll = undefined;
      polls = 0;
      take(JSON.parse((event as MessageEvent<string>).data) as Progress);
    });
    source.onerror = () => {
      // A closed source was refused and will not come back by itself; an interrupted one reconnects while we poll.
      if (source?.readyState === EventSource.CLOSED) source = undefined;
      pollSoon();
    };
  }

  function pollSoon() {
    if (over || poll !== undefined) return;
    const delay = Math.min(POLL_MS.most, POLL_MS.first * 2 ** polls++) * (0.5 + Math.random() / 2);
    poll = setTimeout(() => void ask(), delay);
  }

  async function ask() {
    const response = await fetch(`${base}/status`, { headers: { Accept: "application/json" } }).catch(
      () => undefined,
    );
    poll = undefined;
    if (over) return;
    if (response?.ok) take((await response.json()) as Progress);
    if (response?.status === 404) return stop();
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
    if (document.hidden) hide = setTimeout(close, HIDDEN_MS);
    else open();
  }

  function stop() {
    over = true;
    close();
    clearTimeout(hide);
    document.removeEventListener("visibilitychange", onVisibility);
  }

  document.addEventListener("visibilitychange", onVisibility);
  open();
  return stop;
}
