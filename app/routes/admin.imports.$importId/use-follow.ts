/** Reads the page again as its import goes on: told by the artist's stream, by the clock for a single step. */
import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { follow } from "../../use-live";
import { useLookAgain } from "../../use-look-again";

/** The stream says every page that was read; the drawing is looked at, not watched. */
const LEAST_MS = 1_000;
const LOOK_MS = 2_000;

export function useFollow({ artistId, kind, running }: { artistId: string; kind: string; running: boolean }) {
  const revalidator = useRevalidator();
  const latest = useRef(revalidator);
  useEffect(() => {
    latest.current = revalidator;
  });
  const streams = running && kind === "import";
  useLookAgain(running && !streams ? LOOK_MS : undefined);
  useEffect(() => {
    if (!streams) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        if (latest.current.state === "idle") latest.current.revalidate();
        else later();
      }, LEAST_MS);
    };
    const stop = follow(artistId, later);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [artistId, streams]);
}
