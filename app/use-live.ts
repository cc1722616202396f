/**
 * An import as it happens: the loader's value first, then whole snapshots from one stream; nothing is opened for an
 * import that has ended.
 */
import { useRevalidator } from "@remix-run/react";
import { useEffect, useState } from "react";
import { followStream } from "./follow-stream";
import type { Progress } from "./types";

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
  return followStream<Progress>({
    stream: `${base}/stream`,
    event: "progress",
    status: `${base}/status`,
    onSnapshot,
    isLast: (progress) => !isRunning(progress),
  });
}
