/** The dashboard as it is now: the loader's snapshot first, then whole ones from one stream while the page is looked at. */
import type { SerializeFrom } from "@remix-run/node";
import { useEffect, useState } from "react";
import type { RouterOutputs } from "#server/routers/_app";
import { followStream, type StreamState } from "../../follow-stream";

export type Overview = SerializeFrom<RouterOutputs["admin"]["overview"]>;

export type Live = {
  overview: Overview;
  /** undefined until the stream has spoken: the page is as old as it says */
  state: StreamState | undefined;
  /** since the newest snapshot came, by this browser's clock */
  secondsAgo: number;
};

export function useOverview(loaded: Overview): Live {
  const { range } = loaded;
  const [heard, setHeard] = useState<{ overview: Overview; at: number }>();
  const [state, setState] = useState<StreamState>();
  const now = useNow(heard !== undefined);

  useEffect(() => {
    const query = `?range=${encodeURIComponent(range)}`;
    return followStream<Overview>({
      stream: `/api/admin/stream${query}`,
      event: "overview",
      status: `/api/admin/overview${query}`,
      // Nobody is served by a dashboard behind another tab, and each one costs the database something.
      restAfterMs: 0,
      onSnapshot: (overview) => setHeard({ overview, at: Date.now() }),
      onState: setState,
    });
  }, [range]);

  // After a press the loader's answer is the newer one, until the stream speaks again.
  const fresh = heard && heard.overview.range === range && heard.overview.at >= loaded.at ? heard : undefined;
  return {
    overview: fresh?.overview ?? loaded,
    state,
    secondsAgo: fresh ? Math.max(0, Math.round((now - fresh.at) / 1000)) : 0,
  };
}

/** This browser's time, renewed every second while it is of use. */
function useNow(ticking: boolean): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
