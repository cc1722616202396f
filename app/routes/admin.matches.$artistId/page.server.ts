/** One artist's matches in words. */
import type { SerializeFrom } from "@remix-run/node";
import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/routers/_app";
import { stamp } from "../../formats";
import { sayScore, sayState, serviceNames } from "../admin.matches._index/page.server";

type Match = inferRouterOutputs<AppRouter>["admin"]["match"]["matches"][number];
type Candidate = Match["others"][number];

/** Only addresses of the web become links: they came from outside. */
function address(url: string | undefined): string | undefined {
  return url && /^https?:\/\//.test(url) ? url : undefined;
}

function sayCandidate({ id, name, disambiguation, url, score, evidence }: Candidate) {
  return {
    id,
    name: name || id,
    disambiguation,
    url: address(url),
    score: sayScore(score),
    evidence: evidence.map(({ text, weight }) => ({
      text,
      weight: `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(2)}`,
    })),
  };
}

export function sayMatch(match: Match) {
  const { source, taken, refused, reason, others, judgedAt, version, configured, doubt } = match;
  const byHand = taken?.chosenBy === "admin";
  return {
    source,
    title: serviceNames[source],
    ...sayState({ refused, taken: taken !== undefined, byHand, doubt }),
    taken: taken && sayCandidate(taken),
    byHand,
    refused,
    configured,
    reason: refused ? null : reason,
    readAt: taken ? stamp(taken.fetchedAt, "UTC") : judgedAt && stamp(judgedAt, "UTC"),
    others: others.map(sayCandidate),
    version,
  };
}

export type SaidMatch = SerializeFrom<ReturnType<typeof sayMatch>>;
export type SaidCandidate = SaidMatch["others"][number];
