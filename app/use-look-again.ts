/** Reads the page's loader again and again while something is happening, and rests while nobody looks. */
import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** @param ms between two looks; undefined: nothing is happening */
export function useLookAgain(ms: number | undefined): void {
  const revalidator = useRevalidator();
  const latest = useRef(revalidator);
  useEffect(() => {
    latest.current = revalidator;
  });
  useEffect(() => {
    if (ms === undefined) return;
    const timer = setInterval(() => {
      // An answer slower than the clock is waited for.
      if (!document.hidden && latest.current.state === "idle") latest.current.revalidate();
    }, ms);
    return () => clearInterval(timer);
  }, [ms]);
}
