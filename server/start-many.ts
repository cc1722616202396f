/**
 * Starts the imports of a pasted list. Names are looked for here first, in one statement, and then by one search each at
 * Ticketmaster; only an exact name is taken. When Ticketmaster is away, or the list takes too long, the rest of it is not
 * tried and the answer says so: pasting it again goes on.
 */
import { TRPCError } from "@trpc/server";
import { listArtistsByNameKey } from "#db/queries/artist-sources";
import { nameKey } from "#rules/text";
import { type Importer, startImport } from "./import-artist.ts";
import { numberOf, readLine } from "./pasted-line.ts";
import { describe, UpstreamError } from "./upstreams/errors.ts";
import type { Attraction } from "./upstreams/index.ts";

export const MOST_LINES = 50;
/** Somebody waits for the answer, and a proxy before them. */
const MOST_MS = 25_000;
const MOST_CANDIDATES = 5;

export type Candidate = { name: string; tmAttractionId: string };
export type LineResult = {
  line: string;
  outcome: "started" | "joined" | "not-found" | "ambiguous" | "not-tried";
  importId?: string;
  /** of an ambiguous line: who is called so; of one not found: who is called nearly so */
  candidates?: Candidate[];
  /** why it was not tried, or not found: a sentence */
  reason?: string;
};

type Found = { tmAttractionId: string } | Omit<LineResult, "line">;

export async function startMany(ctx: Importer, lines: string[]): Promise<LineResult[]> {
  const here = await namesakesHere(ctx, lines);
  const end = Date.now() + MOST_MS;
  const results: LineResult[] = [];
  let away: string | undefined;
  for (const line of lines) {
    if (Date.now() > end) away ??= "The list took too long. Paste the rest of it again";
    results.push({ line, ...(await startLine(line)) });
  }
  return results;

  async function startLine(line: string): Promise<Omit<LineResult, "line">> {
    const found = await whoIs(line);
    if (!("tmAttractionId" in found)) return found;
    if (Date.now() > end) return notTried(away);
    try {
      const { importId, joined } = await startImport(ctx, found.tmAttractionId);
      return { outcome: joined ? "joined" : "started", importId };
    } catch (error) {
      if (!(error instanceof TRPCError)) throw error;
      if (error.code === "NOT_FOUND") return { outcome: "not-found", reason: error.message };
      if (error.code === "TOO_MANY_REQUESTS") return notTried(error.message);
      throw error;
    }
  }

  async function whoIs(line: string): Promise<Found> {
    const read = readLine(line);
    if (read.is === "id") return read;
    const known = here.get(nameKey(read.name)) ?? [];
    // A link says whose it is by its number, which we do not keep.
    if (read.is === "name" && known.length > 0) return onlyOne(known);
    if (away !== undefined) return notTried(away);
    try {
      const answer = await ctx.upstreams.ticketmaster.findAttractions(read.name, {
        urgent: ctx.origin === undefined,
        signal: ctx.signal,
      });
      if (read.is === "name") return exact(read.name, answer);
      const [page] = answer.filter(({ url }) => numberOf(url) === read.number);
      return page ? { tmAttractionId: page.id } : notFound(answer);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      const reason = describe(error);
      // No turn in time is this line's bad luck; everything else would meet the next one too.
      if (error.kind !== "busy") away = reason;
      return notTried(reason);
    }
  }
}

/** Artists who are here, by comparison key. */
async function namesakesHere(ctx: Importer, lines: string[]): Promise<Map<string, Candidate[]>> {
  const names = lines.map(readLine).flatMap((read) => (read.is === "name" ? nameKey(read.name) : []));
  const byKey = new Map<string, Candidate[]>();
  for (const { key, ...artist } of await listArtistsByNameKey(ctx.db, names))
    byKey.set(key, [...(byKey.get(key) ?? []), artist]);
  return byKey;
}

function exact(name: string, answer: Attraction[]): Found {
  const same = answer.filter((one) => nameKey(one.name) === nameKey(name)).map(toCandidate);
  return same.length === 0 ? notFound(answer) : onlyOne(same);
}

function onlyOne(candidates: Candidate[]): Found {
  const [one, other] = candidates;
  if (one && !other) return { tmAttractionId: one.tmAttractionId };
  return { outcome: "ambiguous", candidates: candidates.slice(0, MOST_CANDIDATES) };
}

function notFound(answer: Attraction[]): Found {
  return { outcome: "not-found", candidates: answer.slice(0, MOST_CANDIDATES).map(toCandidate) };
}

const toCandidate = ({ id, name }: Attraction): Candidate => ({ tmAttractionId: id, name });
const notTried = (reason = "") =>
  ({ outcome: "not-tried", reason: `${reason}.`.replace("..", ".") }) as const;
