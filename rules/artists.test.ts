import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type Candidate,
  type Candidates,
  compareTitles,
  fitsName,
  judgeArtists,
  type Overlap,
  SAME_ARTIST,
  type Service,
  type Subject,
} from "./artists.ts";

const one = (id: string, name: string, more: Partial<Candidate> | string = {}): Candidate => ({
  id,
  name,
  ...(typeof more === "string" ? { disambiguation: more } : more),
});
const to = (...spotifyIds: string[]) => ({ spotifyIds });

type Given = {
  name: string;
  links?: Partial<Subject["links"]>;
  decided?: Subject["decided"];
  mb?: Candidate[];
  sp?: Candidate[];
  sl?: Candidate[];
  overlaps?: Overlap[];
};
type Chosen = { mb?: string; sp?: string; sl?: string };

function judge({ name, links, decided, mb = [], sp = [], sl = [], overlaps }: Given) {
  const subject: Subject = {
    name,
    links: { musicbrainz: [], spotify: [], setlistfm: [], ...links },
    ...(decided && { decided }),
  };
  return judgeArtists(subject, { musicbrainz: mb, spotify: sp, setlistfm: sl }, overlaps);
}

function chosenBy(given: Given): Chosen {
  const { musicbrainz, spotify, setlistfm } = judge(given);
  const ids = { mb: musicbrainz.chosen?.id, sp: spotify.chosen?.id, sl: setlistfm.chosen?.id };
  return Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== undefined));
}

const songs = (spotifyId: string, setlistfmId: string, shared: number, of = 20): Overlap => ({
  catalogue: { service: "spotify", id: spotifyId },
  setlistfmId,
  of,
  shared,
});

/** Everything right about Copper Vesper, to which the cases add what is wrong. */
const vesper = {
  name: "Copper Vesper",
  mb: [one("m1", "Copper Vesper", to("s1"))],
  sp: [one("s1", "Copper Vesper")],
  sl: [one("m1", "Copper Vesper")],
};
const all = { mb: "m1", sp: "s1", sl: "m1" };
const tribute = one("t1", "Copper Vesper Tribute");

describe("one service alone", () => {
  test.each<[string, Given, string | undefined]>([
    ["nobody", { name: "Low Tide" }, undefined],
    ["a single exact name", { name: "Low Tide", sl: [one("a", "Low Tide")] }, "a"],
    ["a single name in another spelling", { name: "Low Tide", sl: [one("a", "LOW-TIDE")] }, "a"],
    ["X for The X", { name: "Smashing Pumpkins", sl: [one("a", "The Smashing Pumpkins")] }, "a"],
    ["The X beside X", { name: "The Killers", sl: [one("a", "Killers"), one("b", "The Killers")] }, "b"],
    ["X (UK) for X", { name: "Nirvana (UK)", sl: [one("a", "Nirvana")] }, "a"],
    ["X for X (UK)", { name: "Nirvana", sl: [one("a", "Nirvana (UK)")] }, "a"],
    ["X beside X (UK)", { name: "Nirvana", sl: [one("a", "Nirvana (UK)"), one("b", "Nirvana")] }, "b"],
    ["X (UK) beside X (US)", { name: "Nirvana (UK)", sl: [one("a", "Nirvana (US)")] }, undefined],
    [
      "X (UK) of two X, by their descriptions",
      {
        name: "Nirvana (UK)",
        sl: [one("a", "Nirvana", "90s US grunge"), one("b", "Nirvana", "60s UK band")],
      },
      "b",
    ],
    ["a similar name alone", { name: "Low Tide", sl: [one("a", "Low Tides")] }, undefined],
    [
      "a similar name with a link",
      { name: "Low Tide", links: { musicbrainz: ["A"] }, sl: [one("a", "Low Tides")] },
      "a",
    ],
    [
      "a longer name with a link",
      { name: "Tom Petty", links: { musicbrainz: ["a"] }, sl: [one("a", "Tom Petty and the Heartbreakers")] },
      "a",
    ],
    [
      "a link with another name",
      { name: "Low Tide", links: { musicbrainz: ["a"] }, sl: [one("a", "Slipknot")] },
      undefined,
    ],
    [
      "a wrong link beside the exact name",
      { name: "Low Tide", links: { musicbrainz: ["a"] }, sl: [one("a", "Slipknot"), one("b", "Low Tide")] },
      "b",
    ],
    [
      "a linked similar name beside the exact one",
      {
        name: "Tom Petty",
        links: { musicbrainz: ["a"] },
        sl: [one("a", "Tom Petty Band"), one("b", "Tom Petty")],
      },
      undefined,
    ],
    [
      "namesakes with descriptions",
      { name: "Bush", sl: [one("a", "Bush", "UK rock"), one("b", "Bush", "Canadian")] },
      undefined,
    ],
    ["namesakes in two spellings", { name: "Bush", sl: [one("a", "Bush"), one("b", "BUSH")] }, undefined],
    [
      "the namesake that is linked",
      { name: "Bush", links: { musicbrainz: ["b"] }, sl: [one("a", "Bush"), one("b", "Bush")] },
      "b",
    ],
    [
      "the namesake whose page is linked, by its old address",
      {
        name: "Bush",
        links: { musicbrainz: [], setlistfm: ["https://www.setlist.fm/setlists/bush-x-23d6a88b.html"] },
        sl: [
          one("a", "Bush", { url: "https://www.setlist.fm/setlists/bush-23d6a88b.html" }),
          one("b", "Bush", { url: "https://www.setlist.fm/setlists/bush-63d6a88b.html" }),
        ],
      },
      "a",
    ],
    [
      "two linked namesakes",
      { name: "Bush", links: { musicbrainz: ["a", "b"] }, sl: [one("a", "Bush"), one("b", "Bush")] },
      undefined,
    ],
    [
      "a namesake that is a tribute",
      { name: "Bush", sl: [one("a", "Bush"), one("b", "Bush", "Kate Bush tribute")] },
      "a",
    ],
    ["a tribute alone", { name: "Low Tide", sl: [one("a", "Low Tide", "tribute band")] }, undefined],
    ["a tribute that is meant", { name: "Low Tide Tribute", sl: [one("a", "Low Tide Tribute")] }, "a"],
    [
      "an orchestra that is meant",
      { name: "Electric Light Orchestra", sl: [one("a", "Electric Light Orchestra")] },
      "a",
    ],
    ["not the cover band", { name: "Low Tide", sl: [one("a", "Low Tide", "not the cover band")] }, "a"],
    ["the same one twice", { name: "Low Tide", sl: [one("a", "Low Tide"), one("a", "Low Tide")] }, "a"],
    ["a name without letters", { name: "!!!", sl: [one("a", "!!!"), one("b", "???")] }, "a"],
  ])("%s", (_, given, chosen) => {
    expect(chosenBy(given).sl).toBe(chosen);
    expect(judge(given).setlistfm.reason).toMatch(/\.$/);
  });
});

describe("all services together", () => {
  test.each<[string, Given, Chosen]>([
    ["everybody agrees", vesper, all],
    [
      "a tribute everywhere",
      {
        ...vesper,
        mb: [...vesper.mb, one("m2", "Copper Vesper", "tribute to Copper Vesper")],
        sp: [tribute, ...vesper.sp],
        sl: [...vesper.sl, one("m2", "Copper Vesper", "cover band")],
      },
      all,
    ],
    [
      "only a tribute",
      { name: "Copper Vesper", mb: [tribute], sp: [tribute], sl: [one("t1", "Copper Vesper", "tribute")] },
      {},
    ],
    ["no MusicBrainz", { ...vesper, mb: [] }, { sp: "s1", sl: "m1" }],
    ["no Spotify", { ...vesper, sp: [] }, { mb: "m1", sl: "m1" }],
    ["no setlist.fm", { ...vesper, sl: [] }, { mb: "m1", sp: "s1" }],
    ["MusicBrainz alone with a name alone", { name: "Low Tide", mb: [one("a", "Low Tide")] }, {}],
    [
      "MusicBrainz alone with a link",
      { name: "Low Tide", links: { musicbrainz: ["a"] }, mb: [one("a", "Low Tide")] },
      { mb: "a" },
    ],
    [
      "a wrong Spotify link alone",
      { name: "Copper Vesper", links: { spotify: ["w"] }, sp: [one("w", "Slipknot")] },
      {},
    ],
    [
      "a wrong Spotify link of the seller against all others",
      { ...vesper, links: { spotify: ["w"] }, sp: [...vesper.sp, one("w", "Slipknot")] },
      all,
    ],
    [
      "the seller's Spotify link to a tribute",
      { ...vesper, links: { spotify: ["t1"] }, sp: [...vesper.sp, tribute] },
      all,
    ],
    [
      "the seller's Spotify link to a namesake against name, MusicBrainz and titles",
      {
        ...vesper,
        links: { spotify: ["w"] },
        sp: [...vesper.sp, one("w", "Copper Vesper")],
        overlaps: [songs("s1", "m1", 11), songs("w", "m1", 0)],
      },
      all,
    ],
    [
      "the seller's wrong mbid of a namesake against its right Spotify link, MusicBrainz and titles",
      {
        ...vesper,
        links: { musicbrainz: ["w"], spotify: ["s1"] },
        mb: [...vesper.mb, one("w", "Copper Vesper")],
        sl: [...vesper.sl, one("w", "Copper Vesper")],
        overlaps: [songs("s1", "m1", 11), songs("s1", "w", 0)],
      },
      all,
    ],
    [
      "the seller's wrong mbid and wrong Spotify link, of one stranger",
      {
        name: "Copper Vesper",
        links: { musicbrainz: ["w"], spotify: ["x"] },
        mb: [one("w", "Slipknot", to("x"))],
        sp: [one("x", "Slipknot"), one("s1", "Copper Vesper")],
        sl: [one("w", "Slipknot"), one("m1", "Copper Vesper")],
      },
      { sp: "s1", sl: "m1" },
    ],
    [
      "MusicBrainz' wrong Spotify relation against the seller's",
      {
        ...vesper,
        links: { musicbrainz: ["m1"], spotify: ["s1"] },
        mb: [one("m1", "Copper Vesper", to("w"))],
        sp: [...vesper.sp, one("w", "Somebody Else")],
      },
      all,
    ],
    [
      "MusicBrainz' wrong Spotify relation against the name",
      {
        ...vesper,
        links: { musicbrainz: ["m1"] },
        mb: [one("m1", "Copper Vesper", to("w"))],
        sp: [...vesper.sp, one("w", "Somebody Else")],
      },
      all,
    ],
    [
      "MusicBrainz' wrong Spotify relation alone",
      {
        ...vesper,
        links: { musicbrainz: ["m1"] },
        mb: [one("m1", "Copper Vesper", to("w"))],
        sp: [one("w", "Somebody Else")],
      },
      { mb: "m1", sl: "m1" },
    ],
    [
      "two links to one profile of another name",
      {
        name: "Ye Olde Copper",
        links: { spotify: ["s1"], musicbrainz: ["m1"] },
        mb: [one("m1", "Ye Olde Copper", to("s1"))],
        sp: [one("s1", "YOC")],
      },
      { mb: "m1", sp: "s1" },
    ],
    [
      "namesakes told apart by the seller's mbid alone",
      {
        ...vesper,
        links: { musicbrainz: ["m1"] },
        mb: [
          ...vesper.mb,
          one("m2", "Copper Vesper", { disambiguation: "Australian dance band", ...to("s2") }),
        ],
        sp: [...vesper.sp, one("s2", "Copper Vesper")],
        sl: [...vesper.sl, one("m2", "Copper Vesper", "Australian dance band")],
      },
      all,
    ],
    [
      "namesakes told apart by the seller's Spotify link alone",
      {
        ...vesper,
        links: { spotify: ["s1"] },
        mb: [...vesper.mb, one("m2", "Copper Vesper", to("s2"))],
        sp: [...vesper.sp, one("s2", "Copper Vesper")],
        sl: [...vesper.sl, one("m2", "Copper Vesper")],
      },
      all,
    ],
    [
      "namesakes at every service and nothing else",
      {
        ...vesper,
        mb: [...vesper.mb, one("m2", "Copper Vesper", to("s2"))],
        sp: [...vesper.sp, one("s2", "Copper Vesper")],
        sl: [...vesper.sl, one("m2", "Copper Vesper")],
      },
      {},
    ],
    [
      "a tribute that is meant, linked to whom it plays",
      {
        name: "Verdigris – A Tribute to Copper Vesper",
        links: { musicbrainz: ["m1"], spotify: ["s1"] },
        ...{ mb: vesper.mb, sp: vesper.sp, sl: vesper.sl },
      },
      {},
    ],
    [
      "two Spotify profiles of one band, one of them with MusicBrainz",
      { ...vesper, sp: [...vesper.sp, one("s9", "Copper Vesper")] },
      all,
    ],
    [
      "two Spotify profiles of one band, both with MusicBrainz",
      {
        ...vesper,
        mb: [one("m1", "Copper Vesper", to("s1", "s9"))],
        sp: [...vesper.sp, one("s9", "Copper Vesper")],
      },
      { mb: "m1", sl: "m1" },
    ],
    [
      "two Spotify profiles of one band and titles of one",
      {
        name: "Copper Vesper",
        sp: [one("s1", "Copper Vesper"), one("s9", "Copper Vesper")],
        sl: vesper.sl,
        overlaps: [songs("s1", "m1", 10), songs("s9", "m1", 0)],
      },
      { sp: "s1", sl: "m1" },
    ],
    [
      "too few titles to tell",
      {
        name: "Copper Vesper",
        sp: [one("s1", "Copper Vesper"), one("s9", "Copper Vesper")],
        sl: vesper.sl,
        overlaps: [songs("s1", "m1", 4, 5), songs("s9", "m1", 0, 5)],
      },
      { sl: "m1" },
    ],
    [
      "an alias in another script",
      {
        name: "Mayonaka no Toudai",
        links: { musicbrainz: ["m1"] },
        mb: [one("m1", "真夜中の灯台", { aliases: ["Mayonaka no Toudai"], ...to("s1") })],
        sp: [one("s1", "真夜中の灯台")],
        sl: [one("m1", "真夜中の灯台")],
      },
      all,
    ],
    [
      "an alias in another script without MusicBrainz",
      { name: "Mayonaka no Toudai", sp: [one("s1", "真夜中の灯台")], sl: [one("m1", "真夜中の灯台")] },
      {},
    ],
    [
      "a name that MusicBrainz has as an earlier one",
      {
        name: "Kanye Eastman",
        mb: [one("m1", "Ey", { aliases: ["Kanye Eastman"], ...to("s1") })],
        sp: [one("s1", "Ey"), one("s2", "Kanye Eastman Tribute")],
        sl: [one("m1", "Ey")],
      },
      all,
    ],
    [
      "a merged mbid: setlist.fm still has the old one, the seller too",
      {
        name: "Copper Vesper",
        links: { musicbrainz: ["old"] },
        mb: [one("m1", "Copper Vesper", { formerIds: ["old"] })],
        sl: [one("old", "Copper Vesper"), one("z", "Copper Vesper")],
      },
      { mb: "m1", sl: "old" },
    ],
    [
      "a member of the band with the same Spotify relation",
      {
        name: "Tom Petty",
        mb: [one("m1", "Tom Petty", to("s1")), one("m2", "Tom Petty and the Heartbreakers", to("s1"))],
        sp: [one("s1", "Tom Petty")],
        sl: [one("m1", "Tom Petty"), one("m2", "Tom Petty and the Heartbreakers")],
      },
      all,
    ],
    [
      "The X here, X there",
      {
        name: "The Copper Vesper",
        links: { musicbrainz: ["m1"] },
        mb: [one("m1", "Copper Vesper", to("s1"))],
        sp: [one("s1", "Copper Vesper")],
        sl: [one("m1", "Copper Vesper")],
      },
      all,
    ],
    [
      "X (UK) with its MusicBrainz relation",
      {
        name: "Bush (UK)",
        mb: [
          one("m1", "Bush", { disambiguation: "UK rock band", ...to("s1") }),
          one("m2", "Bush", "Canadian"),
        ],
        sp: [one("s1", "Bush"), one("s2", "Bush")],
        sl: [one("m1", "Bush", "UK rock band"), one("m2", "Bush", "Canadian")],
      },
      all,
    ],
    [
      "a choice by hand against everything",
      { ...vesper, decided: { spotify: "s7" }, sp: [...vesper.sp, one("s7", "Quite Another")] },
      { mb: "m1", sp: "s7", sl: "m1" },
    ],
    [
      "a choice by hand at MusicBrainz leads to the others",
      {
        name: "Bush",
        decided: { musicbrainz: "m2" },
        mb: [one("m1", "Bush", to("s1")), one("m2", "Bush", to("s2"))],
        sp: [one("s1", "Bush"), one("s2", "Bush")],
        sl: [one("m1", "Bush"), one("m2", "Bush")],
      },
      { mb: "m2", sp: "s2", sl: "m2" },
    ],
  ])("%s", (_, given, chosen) => {
    expect(chosenBy(given)).toEqual(chosen);
  });

  it("says why, and keeps runners-up with their evidence", () => {
    const { spotify } = judge({ ...vesper, sp: [...vesper.sp, tribute] });
    expect(spotify.reason).toBe("it has exactly this name; MusicBrainz links to it.");
    expect(spotify.runnersUp.map(({ id, evidence }) => [id, evidence.map(({ kind }) => kind)])).toEqual([
      ["t1", ["name", "imitation", "relation"]],
    ]);
    const { setlistfm } = judge({ name: "Bush", sl: [one("b", "Bush"), one("a", "Bush")] });
    expect(setlistfm.reason).toBe("Several artists are called Bush and nothing tells which one is meant.");
    expect(setlistfm.runnersUp.map(({ id, score }) => [id, score])).toEqual([
      ["a", 0.45],
      ["b", 0.45],
    ]);
    expect(setlistfm.undecided).toBe(true);
  });

  it("judges three lists of a hundred without ado", () => {
    const many = Array.from({ length: 100 }, (_, at) => one(`x${at}`, `Copper Vesper ${at}`, to(`x${at}`)));
    const started = performance.now();
    const given = { name: "Copper Vesper", mb: [...many, ...vesper.mb], sp: [...many, ...vesper.sp] };
    expect(chosenBy({ ...given, sl: [...many, ...vesper.sl] })).toEqual(all);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe("the laws", () => {
  const SERVICES: Service[] = ["musicbrainz", "spotify", "setlistfm"];
  const name = fc.constantFrom("Bush", "BUSH", "The Bush", "Bush (UK)", "Bushes", "Slipknot", "Bush Tribute");
  const id = fc.constantFrom("a", "b", "c", "d");
  const candidate: fc.Arbitrary<Candidate> = fc.record(
    {
      id,
      name,
      disambiguation: fc.constantFrom("UK", "cover band"),
      aliases: fc.array(name, { maxLength: 2 }),
      spotifyIds: fc.array(id, { maxLength: 2 }),
    },
    { requiredKeys: ["id", "name"] },
  );
  const some = fc.array(candidate, { maxLength: 4 });
  const links = fc.subarray(["a", "b"]);
  const overlap: fc.Arbitrary<Overlap> = fc.record({
    catalogue: fc.record({ service: fc.constantFrom("spotify", "musicbrainz"), id }),
    setlistfmId: id,
    of: fc.constantFrom(5, 20),
    shared: fc.nat(5),
  });
  const world = fc.record({
    subject: fc.record({
      name: fc.constantFrom("Bush", "Bush (UK)"),
      links: fc.record({ musicbrainz: links, spotify: links, setlistfm: fc.constant<string[]>([]) }),
    }),
    candidates: fc.record({ musicbrainz: some, spotify: some, setlistfm: some }),
    overlaps: fc.uniqueArray(overlap, {
      maxLength: 4,
      selector: ({ catalogue, setlistfmId }) => `${catalogue.service} ${catalogue.id} ${setlistfmId}`,
    }),
  });

  it("neither the order of candidates nor that of overlaps counts", () => {
    fc.assert(
      fc.property(world, ({ subject, candidates, overlaps }) => {
        const turned = Object.fromEntries(
          SERVICES.map((service) => [service, [...candidates[service]].reverse()]),
        ) as Candidates;
        expect(judgeArtists(subject, turned, [...overlaps].reverse())).toEqual(
          judgeArtists(subject, candidates, overlaps),
        );
      }),
    );
  });

  it("who is chosen is a candidate, sure enough, and not among at most five runners-up", () => {
    fc.assert(
      fc.property(world, ({ subject, candidates, overlaps }) => {
        const judged = judgeArtists(subject, candidates, overlaps);
        for (const service of SERVICES) {
          const { chosen, runnersUp, reason } = judged[service];
          expect(reason).toMatch(/\.$/);
          expect(runnersUp.length).toBeLessThanOrEqual(5);
          for (const { score } of runnersUp) expect(score).toSatisfy((s: number) => s >= 0 && s <= 1);
          if (!chosen) continue;
          expect(candidates[service].map((other) => other.id)).toContain(chosen.id);
          expect(runnersUp.map((other) => other.id)).not.toContain(chosen.id);
          expect(chosen.score).toBeGreaterThanOrEqual(SAME_ARTIST);
        }
      }),
    );
  });

  it("right evidence more never lowers the right one's score, nor loses it once it was chosen", () => {
    /** The right one is "r" everywhere, among whatever else the services know. */
    const right = (relation: boolean) => ({
      musicbrainz: one("r", "Bush", relation ? to("r") : {}),
      spotify: one("r", "Bush"),
      setlistfm: one("r", "Bush"),
    });
    const evidence = ["mbid", "spotify", "relation", "songs"] as const;
    const build = (
      { subject, candidates, overlaps }: typeof world extends fc.Arbitrary<infer T> ? T : never,
      given: readonly string[],
    ) => {
      const mine = right(given.includes("relation"));
      const link = (kind: string, ids: string[]) => (given.includes(kind) ? [...ids, "r"] : ids);
      return judgeArtists(
        {
          ...subject,
          name: "Bush",
          links: {
            ...subject.links,
            musicbrainz: link("mbid", subject.links.musicbrainz),
            spotify: link("spotify", subject.links.spotify),
          },
        },
        {
          musicbrainz: [...candidates.musicbrainz, mine.musicbrainz],
          spotify: [...candidates.spotify, mine.spotify],
          setlistfm: [...candidates.setlistfm, mine.setlistfm],
        },
        given.includes("songs") ? [...overlaps, songs("r", "r", 10)] : overlaps,
      );
    };
    const scoreOf = (judgement: ReturnType<typeof judgeArtists>[Service]) =>
      judgement.chosen?.id === "r"
        ? judgement.chosen.score
        : (judgement.runnersUp.find((other) => other.id === "r")?.score ?? 0);
    fc.assert(
      fc.property(world, fc.subarray([...evidence]), fc.constantFrom(...evidence), (given, before, added) => {
        const [less, more] = [build(given, before), build(given, [...before, added])];
        for (const service of SERVICES) {
          expect(scoreOf(more[service])).toBeGreaterThanOrEqual(scoreOf(less[service]));
          if (less[service].chosen?.id === "r") expect(more[service].chosen?.id).toBe("r");
        }
      }),
    );
  });
});

describe("compareTitles", () => {
  const catalogue = ["Rain - Remastered 2011", "(I Can't Get No) Satisfaction", "Harbour", "Harbour - Live"];

  it("counts songs, not spellings, on the shorter side", () => {
    expect(compareTitles(catalogue, ["rain", "Satisfaction", "Rain", "Drum Solo", "Encore"])).toEqual({
      of: 3,
      shared: 2,
    });
    expect(compareTitles([], ["Rain"])).toEqual({ of: 0, shared: 0 });
  });
});

describe("fitsName", () => {
  test.each<[string, Candidate, boolean]>([
    ["Low Tide", one("a", "LOW TIDE"), true],
    ["Low Tide", one("a", "Ebbe", { aliases: ["Low Tide"] }), true],
    ["Low Tide", one("a", "Low Tide", "tribute band"), false],
    ["Low Tide", one("a", "Slipknot"), false],
  ])("%s and %o: %s", (name, candidate, fits) => {
    expect(fitsName(name, candidate)).toBe(fits);
  });
});
