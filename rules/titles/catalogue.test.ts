import { describe, expect, it } from "vitest";
import { judgeCatalogue, judgeTitle, type Album, type Recording } from "../titles.ts";

const studio: Album = { title: "First", type: "album", date: "2001-01-01" };
let count = 0;
const rec = (title: string, more: Partial<Recording> = {}): Recording => ({
  id: `r${String(++count).padStart(4, "0")}`,
  title,
  album: studio,
  ...more,
});
const on = (album: Album, titles: string[], more: (at: number) => Partial<Recording> = () => ({})) =>
  titles.map((title, at) => rec(title, { album, trackNumber: at + 1, ...more(at) }));
const titlesOf = (recordings: Recording[], artist = "Nobody") =>
  judgeCatalogue(artist, recordings)
    .songs.map(({ title }) => title)
    .sort();
const verdictsOf = (recordings: Recording[], artist = "Nobody") =>
  judgeCatalogue(artist, recordings).verdicts.map(
    ({ verdict, reason }) => `${verdict} ${reason.split(":")[0]}`,
  );

describe("one song out of many recordings", () => {
  it("folds remasters, edits, acoustic forms and demos, drops live forms and remixes, and says which song", () => {
    const recordings = [
      rec("Layla"),
      rec("Layla - Remastered 2010"),
      rec("Layla (Radio Edit)"),
      rec("Layla - Acoustic"),
      rec("Layla (Demo)"),
      rec("Layla - Live at Fillmore"),
      rec("Layla (Somebody Remix)"),
      rec("Layla (Instrumental)"),
      rec("Layla - Karaoke Version"),
      rec("Layla (Sped Up)"),
    ];
    const { songs, verdicts } = judgeCatalogue("Nobody", recordings);
    expect(songs).toEqual([
      { key: "layla", title: "Layla", recordingId: recordings[0]!.id, albumTitle: "First" },
    ]);
    expect(verdicts.map(({ verdict, reason }) => `${verdict} ${reason.split(":")[0]}`)).toEqual([
      "kept studio",
      "folded same-song",
      "folded edition",
      "folded variant",
      "folded variant",
      "dropped live",
      "dropped remix",
      "dropped instrumental",
      "dropped karaoke",
      "dropped altered",
    ]);
    expect(verdicts.every(({ songKey }) => songKey === "layla")).toBe(true);
  });

  it("takes the album's recording before the single's and the best-of's, and the first edition of it", () => {
    const best = rec("Song", { durationMs: 200_000, isrc: "USABC0100001" });
    const { songs } = judgeCatalogue("Nobody", [
      rec("Song", { album: { title: "Best of", type: "compilation", date: "2000" } }),
      rec("Song", { album: { title: "Song", type: "single", date: "2000-12-01" } }),
      rec("Song - Remastered 2020", { album: { title: "First (Remastered)", type: "album", date: "2001" } }),
      rec("Song", { album: { title: "First (Deluxe)", type: "album", date: "2001-01-01" } }),
      best,
    ]);
    expect(songs).toEqual([
      {
        key: "song",
        title: "Song",
        recordingId: best.id,
        albumTitle: "First",
        durationMs: 200_000,
        isrc: "USABC0100001",
      },
    ]);
  });

  it("keeps guests in the title shown, and reads “(with …)” by the credits", () => {
    expect(titlesOf([rec("Feel (feat. Somebody) - Radio Edit")])).toEqual(["Feel (feat. Somebody)"]);
    const together = rec("Walk (With Jane Doe)", { artists: ["Nobody", "Jane Doe"] });
    expect(titlesOf([rec("Walk"), together])).toHaveLength(1);
    const phrase = rec("Walk (With Jane Doe)", { artists: ["Nobody"] });
    expect(titlesOf([rec("Walk"), phrase])).toEqual(["Walk", "Walk (With Jane Doe)"]);
  });
});

describe("the only form known", () => {
  it.each([
    ["Ignition (Remix)", "Ignition (Remix)"],
    [
      "A Little Less Conversation - JXL Radio Edit Remix",
      "A Little Less Conversation - JXL Radio Edit Remix",
    ],
    ["Rock This Town (Live at Massey Hall)", "Rock This Town"],
    ["Sappy - Demo", "Sappy"],
    ["Hurt (Acoustic)", "Hurt"],
    ["Apache (Instrumental)", "Apache"],
  ])("%s is kept as %s", (title, shown) => {
    const { songs, verdicts } = judgeCatalogue("Nobody", [rec(title)]);
    expect(songs).toMatchObject([{ title: shown, key: judgeTitle(title).key }]);
    expect(verdicts).toMatchObject([{ verdict: "kept", songKey: songs[0]!.key }]);
    expect(verdicts[0]!.reason).toMatch(/^only-form: only form known/);
  });

  it.each(["Ignition (Remix)", "A Little Less Conversation - JXL Radio Edit Remix"])(
    "%s is none beside the original",
    (title) => {
      const original = judgeTitle(title).base;
      expect(titlesOf([rec(title), rec(original)])).toEqual([original]);
    },
  );

  it("keeps one of several, the nearest to the studio", () => {
    const recordings = [
      rec("Song (Remix)"),
      rec("Song - Live in Rome"),
      rec("Song (Live)"),
      rec("Song (Demo)"),
    ];
    expect(verdictsOf(recordings)).toEqual([
      "dropped remix",
      "kept only-form",
      "folded only-form",
      "folded variant",
    ]);
  });

  it("never keeps talk or altered speed", () => {
    const recordings = [rec("Song (Sped Up)"), rec("Song - Commentary"), rec("Song", { video: true })];
    expect(verdictsOf(recordings)).toEqual(["dropped altered", "dropped spoken", "dropped video"]);
    expect(titlesOf(recordings)).toEqual([]);
  });
});

describe("catalogues", () => {
  it("Taylor's versions fold, songs from the vault are songs", () => {
    const red: Album = { title: "Red", type: "album", date: "2012-10-22" };
    const ours: Album = { title: "Red (Taylor's Version)", type: "album", date: "2021-11-12" };
    const recordings = [
      ...on(red, ["Red", "All Too Well", "22"]),
      ...on(ours, [
        "Red (Taylor's Version)",
        "All Too Well (Taylor's Version)",
        "22 (Taylor's Version)",
        "Nothing New (feat. Phoebe Bridgers) (Taylor's Version) (From The Vault)",
        "All Too Well (10 Minute Version) (Taylor's Version) (From The Vault)",
      ]),
    ];
    expect(titlesOf(recordings)).toEqual([
      "22",
      "All Too Well",
      "Nothing New (feat. Phoebe Bridgers)",
      "Red",
    ]);
  });

  it("deluxe doubles, best-ofs and singles add nothing but what is new", () => {
    const songs = ["One", "Two", "Three"];
    const recordings = [
      ...on(studio, songs),
      ...on({ title: "First (Deluxe)", type: "album", date: "2002" }, [...songs, "Four", "Two - Demo"]),
      ...on({ title: "Best", type: "compilation", date: "2010" }, ["One - 2010 Remaster", "Two", "Five"]),
      ...on({ title: "One", type: "single", date: "2000" }, [
        "One - Radio Edit",
        "Six",
        "One - Instrumental",
      ]),
    ];
    expect(titlesOf(recordings)).toEqual(["Five", "Four", "One", "Six", "Three", "Two"]);
  });

  it("interludes go by length: “Intro” of two minutes is a song", () => {
    expect(titlesOf([rec("Intro", { durationMs: 127_000 })])).toEqual(["Intro"]);
    expect(titlesOf([rec("Intro")])).toEqual(["Intro"]);
    expect(titlesOf([rec("For Free? - Interlude", { durationMs: 130_000 })])).toEqual([
      "For Free? - Interlude",
    ]);
    expect(titlesOf([rec("Her Majesty", { durationMs: 23_000 })])).toEqual(["Her Majesty"]);
    expect(
      verdictsOf([
        rec("Intro", { durationMs: 42_000 }),
        rec("Lunch (Skit)", { durationMs: 100_000 }),
        rec("Skit #1"),
        rec("Intro (Live)", { durationMs: 30_000 }),
      ]),
    ).toEqual(Array(4).fill("dropped interlude"));
  });

  it("MTV Unplugged: songs of it known from elsewhere are dropped, the others kept", () => {
    const unplugged: Album = { title: "MTV Unplugged in New York", type: "album", date: "1994" };
    const recordings = [
      ...on({ title: "Bleach", type: "album", date: "1989" }, ["About a Girl", "Blew"]),
      ...on(unplugged, ["About a Girl", "Oh, Me"]),
    ];
    expect(titlesOf(recordings)).toEqual(["About a Girl", "Blew", "Oh, Me"]);
    expect(verdictsOf(recordings)).toEqual(["kept studio", "kept studio", "dropped live", "kept only-form"]);
  });

  it("a half-live album is judged track by track", () => {
    const half: Album = { title: "Rattle and Hum", type: "album", date: "1988" };
    const titles = ["Helter - Live", "Desire", "Freedom - Live", "Hawkmoon", "Angel", "Pride - Live"];
    expect(verdictsOf(on(half, titles))).toEqual([
      "kept only-form",
      "kept studio",
      "kept only-form",
      "kept studio",
      "kept studio",
      "kept only-form",
    ]);
  });

  it("an album of mostly live titles is live, a single with live B-sides is not", () => {
    const titles = ["A", "B", "C", "D", "E", "F", "G"].map((name, at) =>
      at === 3 ? name : `${name} (Live)`,
    );
    const forms = (type: Album["type"]) => verdictsOf(on({ title: "Night", type }, titles))[3];
    expect(forms("album")).toBe("kept only-form");
    expect(forms("single")).toBe("kept studio");
  });

  it("an album of earlier songs at other lengths is live, a best-of is not", () => {
    const titles = ["A", "B", "C", "D", "E", "F"];
    const length = (more: number) => (at: number) => ({ durationMs: 200_000 + at * 10_000 + more });
    const first = on(studio, titles, length(0));
    const later = (more: number) =>
      verdictsOf([
        ...first,
        ...on({ title: "Alive!", type: "album", date: "2005" }, titles, length(more)),
      ])[6];
    expect(later(40_000)).toBe("dropped live");
    expect(later(1000)).toBe("folded same-song");
  });

  it("the artist Live has studio albums, and “Eagles Live” is none of the Eagles'", () => {
    const live = [...on(studio, ["I Alone"]), ...on({ title: "Eagles Live" }, ["I Alone"])];
    expect(verdictsOf(live, "Eagles")).toEqual(["kept studio", "dropped live"]);
    expect(
      titlesOf(on({ title: "Throwing Copper", type: "album" }, ["I Alone", "Lightning"]), "Live"),
    ).toEqual(["I Alone", "Lightning"]);
  });

  it("medleys of known songs are none, other slashes are", () => {
    const recordings = [
      rec("One"),
      rec("Two"),
      rec("One / Two"),
      rec("One / Three"),
      rec("Two / One - Live"),
    ];
    expect(titlesOf(recordings)).toEqual(["One", "One / Three", "Two"]);
  });

  it("leading brackets are optional, unless two songs could be meant", () => {
    const full = "(I Can't Get No) Satisfaction";
    expect(titlesOf([rec("Satisfaction"), rec(`${full} - Mono Version`)])).toEqual([full]);
    expect(titlesOf([rec("Satisfaction"), rec(full), rec("(Some) Satisfaction")])).toHaveLength(3);
  });

  it("one ISRC is one song, if length and part agree", () => {
    const isrc = "GB-SMU-45-66095";
    const song = (title: string, durationMs: number) => rec(title, { isrc, durationMs });
    expect(titlesOf([song("Akiba Night", 200_000), song("Akiba Nights", 201_000)])).toHaveLength(1);
    expect(titlesOf([song("Akiba Night", 200_000), song("Akiba Nights", 240_000)])).toHaveLength(2);
    expect(titlesOf([song("Brick, Pt. 1", 200_000), song("Brick, Pt. 2", 200_000)])).toHaveLength(2);
  });

  it("“Song Remix” without a separator is one only beside “Song”", () => {
    expect(titlesOf([rec("Despacito Remix"), rec("Despacito")])).toEqual(["Despacito"]);
    expect(titlesOf([rec("Despacito Remix")])).toEqual(["Despacito Remix"]);
    expect(titlesOf([rec("Long Live"), rec("Long")])).toEqual(["Long", "Long Live"]);
  });

  it("what happens between songs on a stage is no song", () => {
    expect(
      verdictsOf([rec("Band Introductions (Live)"), rec("Drum Solo - Live"), rec("[silence]"), rec("")]),
    ).toEqual(["dropped stage", "dropped stage", "dropped nameless", "dropped nameless"]);
  });

  it("listens where a key still hears", () => {
    expect(verdictsOf([rec("Speech", { speechiness: 0.96 }), rec("Rap God", { speechiness: 0.31 })])).toEqual(
      ["dropped spoken", "kept studio"],
    );
    const [stage, room] = [rec("Song", { liveness: 0.95 }), rec("Song", { liveness: 0.1 })];
    expect(judgeCatalogue("Nobody", [stage, room]).songs[0]!.recordingId).toBe(room.id);
  });
});
