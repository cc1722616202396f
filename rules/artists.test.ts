import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { judgeArtist, SAME_ARTIST, scoreCandidate, type Candidate } from "./artists.ts";

const candidate = (id: string, name: string, disambiguation?: string): Candidate => ({
  id,
  name,
  disambiguation,
});

describe("judgeArtist", () => {
  test.each<[string, { name: string; mbids?: string[] }, Candidate[], string | undefined]>([
    ["nobody", { name: "Low Tide" }, [], undefined],
    ["a single exact name", { name: "Low Tide" }, [candidate("a", "Low Tide")], "a"],
    ["a single name in another spelling", { name: "Low Tide" }, [candidate("a", "LOW-TIDE")], "a"],
    [
      "a single name but for the article",
      { name: "Smashing Pumpkins" },
      [candidate("a", "The Smashing Pumpkins")],
      "a",
    ],
    [
      "the article tells two apart",
      { name: "The Killers" },
      [candidate("a", "Killers"), candidate("b", "The Killers")],
      "b",
    ],
    ["a similar name alone", { name: "Low Tide" }, [candidate("a", "Low Tides")], undefined],
    ["a similar name with a link", { name: "Low Tide", mbids: ["A"] }, [candidate("a", "Low Tides")], "a"],
    [
      "a link with a longer name",
      { name: "Tom Petty", mbids: ["a"] },
      [candidate("a", "Tom Petty and the Heartbreakers")],
      "a",
    ],
    ["a link with another name", { name: "Low Tide", mbids: ["a"] }, [candidate("a", "Slipknot")], undefined],
    [
      "a wrong link beside the exact name",
      { name: "Low Tide", mbids: ["a"] },
      [candidate("a", "Slipknot"), candidate("b", "Low Tide")],
      "b",
    ],
    [
      "a linked similar name beside the exact one",
      { name: "Tom Petty", mbids: ["a"] },
      [candidate("a", "Tom Petty Band"), candidate("b", "Tom Petty")],
      undefined,
    ],
    [
      "namesakes",
      { name: "Bush" },
      [candidate("a", "Bush", "UK rock"), candidate("b", "Bush", "Canadian")],
      undefined,
    ],
    [
      "namesakes in two spellings",
      { name: "Bush" },
      [candidate("a", "Bush"), candidate("b", "BUSH")],
      undefined,
    ],
    [
      "the namesake that is linked",
      { name: "Bush", mbids: ["b"] },
      [candidate("a", "Bush"), candidate("b", "Bush")],
      "b",
    ],
    [
      "two linked namesakes",
      { name: "Bush", mbids: ["a", "b"] },
      [candidate("a", "Bush"), candidate("b", "Bush")],
      undefined,
    ],
    [
      "a namesake that is a tribute",
      { name: "Bush" },
      [candidate("a", "Bush"), candidate("b", "Bush", "Kate Bush tribute")],
      "a",
    ],
    ["a tribute alone", { name: "Low Tide" }, [candidate("a", "Low Tide", "tribute band")], undefined],
    ["a tribute that is meant", { name: "Low Tide Tribute" }, [candidate("a", "Low Tide Tribute")], "a"],
    [
      "an orchestra that is meant",
      { name: "Electric Light Orchestra" },
      [candidate("a", "Electric Light Orchestra")],
      "a",
    ],
    ["not the cover band", { name: "Low Tide" }, [candidate("a", "Low Tide", "not the cover band")], "a"],
    [
      "the same candidate twice",
      { name: "Low Tide" },
      [candidate("a", "Low Tide"), candidate("a", "Low Tide")],
      "a",
    ],
    ["a name without letters", { name: "!!!" }, [candidate("a", "!!!"), candidate("b", "???")], "a"],
  ])("%s", (_, subject, candidates, chosen) => {
    const judged = judgeArtist({ mbids: [], ...subject }, candidates);
    expect(judged.chosen?.id).toBe(chosen);
    expect(judged.reason).toMatch(/\.$/);
  });

  it("lets a witness speak for one of several namesakes", () => {
    const witness = { id: "b", kind: "songs", weight: 0.2, text: "12 of its songs are theirs" };
    const judged = judgeArtist(
      { name: "Bush", mbids: [] },
      [candidate("a", "Bush"), candidate("b", "Bush")],
      [witness],
    );
    expect(judged.chosen?.id).toBe("b");
    expect(judged.runnersUp.map(({ id }) => id)).toEqual(["a"]);
  });

  it("names the reason, and keeps the runners-up with their evidence", () => {
    const judged = judgeArtist({ name: "Bush", mbids: [] }, [candidate("b", "Bush"), candidate("a", "Bush")]);
    expect(judged.reason).toBe("Several artists are called Bush and nothing tells which one is meant.");
    expect(judged.runnersUp.map(({ id, score }) => [id, score])).toEqual([
      ["a", 0.5],
      ["b", 0.5],
    ]);
    expect(judged.runnersUp[0]!.evidence.map(({ kind }) => kind)).toEqual(["name", "namesake"]);
  });

  it("does not depend on the order of candidates, and scores within 0 and 1", () => {
    const some = fc.record({
      id: fc.constantFrom("a", "b", "c", "d"),
      name: fc.constantFrom("Bush", "BUSH", "The Bush", "Bushes", "Slipknot", "Bush Tribute"),
      disambiguation: fc.option(fc.constantFrom("UK", "cover band"), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.array(some, { maxLength: 6 }),
        fc.subarray(["a", "b"]),
        fc.nat(),
        (candidates, mbids, seed) => {
          const shuffled = [...candidates].sort((a, b) => order(a, seed) - order(b, seed));
          const judged = judgeArtist({ name: "Bush", mbids }, candidates);
          expect(judgeArtist({ name: "Bush", mbids }, shuffled)).toEqual(judged);
          for (const { score } of judged.runnersUp) expect(score).toSatisfy((s: number) => s >= 0 && s <= 1);
          if (judged.chosen) expect(judged.chosen.score).toBeGreaterThanOrEqual(SAME_ARTIST);
        },
      ),
    );
    function order({ id, name, disambiguation }: Candidate, seed: number): number {
      return [...`${id}${name}${disambiguation}`].reduce(
        (sum, char) => (sum * 31 + char.charCodeAt(0) * seed) % 997,
        7,
      );
    }
  });
});

describe("scoreCandidate", () => {
  it("adds up its evidence", () => {
    const { score, evidence } = scoreCandidate(
      { name: "Low Tide", mbids: ["a"] },
      candidate("a", "low tide"),
    );
    expect(score).toBe(0.95);
    expect(evidence.map(({ kind, weight }) => [kind, weight])).toEqual([
      ["name", 0.65],
      ["link", 0.3],
    ]);
  });
});
