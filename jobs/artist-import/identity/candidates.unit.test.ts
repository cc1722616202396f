import { describe, expect, test } from "vitest";
import { judgeArtists, type Candidate, type Subject } from "#rules/artists";
import { UpstreamError, type UpstreamName } from "#server/upstreams/index";
import type { MbArtist } from "#server/upstreams/musicbrainz/nouns";
import type { JobContext } from "../../context.ts";
import { findCandidates } from "./candidates.ts";

const [M1, M2, S1, S2] = ["m1", "m2", "s1", "s2"] as const;
type World = { mb?: MbArtist[]; sp?: [id: string, name: string][]; sl?: [mbid: string, name: string][] };

const mb = (mbid: string, name: string, spotify: string[] = [], aliases: string[] = []): MbArtist => ({
  mbid,
  name,
  aliases,
  links: { spotify, setlistfm: [] },
});

/** Services that answer from lists and note what they are asked. */
function services(world: World, silent: UpstreamName[] = []) {
  const asked: string[] = [];
  const answer = <T>(upstream: UpstreamName, what: string, value: T): Promise<T> => {
    asked.push(`${upstream} ${what}`);
    if (silent.includes(upstream))
      return Promise.reject(new UpstreamError(upstream, "unavailable", "is silent"));
    return Promise.resolve(value);
  };
  const { mb = [], sp = [], sl = [] } = world;
  const artists: Candidate[] = sl.map(([id, name]) => ({ id, name }));
  const profiles = sp.map(([id, name]) => ({ id, name, url: `https://open.example/${id}` }));
  const searched = mb.map((one) => ({ ...one, links: { spotify: [], setlistfm: [] } }));
  const upstreams = {
    musicbrainz: {
      findArtist: (mbid: string) =>
        answer(
          "musicbrainz",
          mbid,
          mb.find((one) => one.mbid === mbid.replace("old-", "")),
        ),
      findBySpotify: (id: string) =>
        answer(
          "musicbrainz",
          `by ${id}`,
          mb.filter(({ links }) => links.spotify.includes(id)),
        ),
      findArtists: () => answer("musicbrainz", "search", searched),
    },
    spotify: {
      findArtist: (id: string) =>
        answer(
          "spotify",
          id,
          profiles.find((one) => one.id === id),
        ),
      findArtists: () => answer("spotify", "search", profiles),
    },
    setlistfm: {
      findArtists: () => answer("setlistfm", "search", artists),
      findArtist: (mbid: string) =>
        answer(
          "setlistfm",
          mbid,
          artists.find(({ id }) => id === mbid),
        ),
    },
  };
  return { ctx: { upstreams } as unknown as JobContext, asked };
}

const subject = (name: string, links: Partial<Subject["links"]> = {}): Subject => ({
  name,
  links: { musicbrainz: [], spotify: [], setlistfm: [], ...links },
});
const vesper: World = {
  mb: [mb(M1, "Vesper", [S1])],
  sp: [[S1, "Vesper"]],
  sl: [[M1, "Vesper"]],
};

describe("what is asked", () => {
  test.each<[string, Subject, World, string[]]>([
    [
      "with both links, one look each and the search that shows namesakes",
      subject("Vesper", { musicbrainz: [M1], spotify: [S1] }),
      vesper,
      ["musicbrainz m1", "setlistfm search", "spotify s1"],
    ],
    [
      "with the mbid alone, Spotify by MusicBrainz' relation",
      subject("Vesper", { musicbrainz: [M1] }),
      vesper,
      ["musicbrainz m1", "setlistfm search", "spotify s1"],
    ],
    [
      "with the Spotify link alone, MusicBrainz by its address",
      subject("Vesper", { spotify: [S1] }),
      vesper,
      ["musicbrainz by s1", "setlistfm search", "spotify s1"],
    ],
    [
      "without links, MusicBrainz by setlist.fm's mbid",
      subject("Vesper"),
      vesper,
      ["musicbrainz m1", "setlistfm search", "spotify s1"],
    ],
    [
      "without links and history, both by name",
      subject("Vesper"),
      { mb: [mb(M1, "Vesper")], sp: [[S1, "Vesper"]] },
      ["musicbrainz m1", "musicbrainz search", "setlistfm m1", "setlistfm search", "spotify search"],
    ],
    [
      "where the seller's Spotify link and MusicBrainz' point apart, both",
      subject("Vesper", { musicbrainz: [M1], spotify: [S2] }),
      {
        ...vesper,
        sp: [
          [S1, "Vesper"],
          [S2, "Vesper"],
        ],
      },
      ["musicbrainz m1", "setlistfm search", "spotify s1", "spotify s2"],
    ],
    [
      "where the link leads to somebody else, by name too",
      subject("Vesper", { spotify: [S2] }),
      {
        ...vesper,
        mb: [mb(M2, "Slipknot", [S2])],
        sp: [
          [S1, "Vesper"],
          [S2, "Slipknot"],
        ],
        sl: [],
      },
      ["musicbrainz by s2", "musicbrainz search", "setlistfm search", "spotify s2", "spotify search"],
    ],
    [
      "after a choice by hand, nobody else",
      { ...subject("Vesper"), decided: { musicbrainz: M1, spotify: S1, setlistfm: M1 } },
      vesper,
      ["musicbrainz m1", "setlistfm m1", "spotify s1"],
    ],
  ])("%s", async (_, whom, world, calls) => {
    const { ctx, asked } = services(world);
    await findCandidates(ctx, whom, {});
    expect(asked.sort()).toEqual(calls);
  });
});

describe("who is found", () => {
  const chosen = async (whom: Subject, world: World, silent: UpstreamName[] = []) => {
    const { candidates, errors } = await findCandidates(services(world, silent).ctx, whom, {});
    const { musicbrainz, spotify, setlistfm } = judgeArtists(whom, candidates);
    return {
      ids: [musicbrainz.chosen?.id, spotify.chosen?.id, setlistfm.chosen?.id],
      silent: Object.keys(errors),
    };
  };
  test.each<[UpstreamName, (string | undefined)[]]>([
    ["musicbrainz", [undefined, S1, M1]],
    ["spotify", [M1, undefined, M1]],
    ["setlistfm", [M1, S1, undefined]],
  ])("a silent %s costs its own match", async (service, ids) => {
    const whom = subject("Vesper", { musicbrainz: [M1], spotify: [S1] });
    expect(await chosen(whom, vesper, [service])).toEqual({ ids, silent: [service] });
  });

  test("a merged mbid is the new one at MusicBrainz and still the old one at setlist.fm", async () => {
    const world: World = { ...vesper, sl: [["old-m1", "Vesper"]] };
    const { ids } = await chosen(subject("Vesper", { musicbrainz: ["old-m1"] }), world);
    expect(ids).toEqual([M1, S1, "old-m1"]);
  });

  test("another script, by MusicBrainz' aliases", async () => {
    const world: World = {
      mb: [mb(M1, "真夜中の灯台", [S1], ["Mayonaka no Toudai"])],
      sp: [[S1, "真夜中の灯台"]],
      sl: [[M1, "真夜中の灯台"]],
    };
    expect((await chosen(subject("Mayonaka no Toudai", { musicbrainz: [M1] }), world)).ids).toEqual([
      M1,
      S1,
      M1,
    ]);
  });

  test("a wrong relation of MusicBrainz leads to a search, and loses", async () => {
    const world: World = {
      mb: [mb(M1, "Vesper", [S2])],
      sp: [
        [S1, "Vesper"],
        [S2, "Somebody Else"],
      ],
      sl: [[M1, "Vesper"]],
    };
    expect((await chosen(subject("Vesper", { musicbrainz: [M1] }), world)).ids).toEqual([M1, S1, M1]);
  });

  test("a failure of ours is thrown when all calls have ended", async () => {
    const { ctx } = services(vesper);
    ctx.upstreams.setlistfm.findArtists = () => Promise.reject(new TypeError("ours"));
    await expect(findCandidates(ctx, subject("Vesper"), {})).rejects.toThrow("ours");
  });
});
