import { describe, expect, it, vi } from "vitest";
import { meant, readArguments } from "./arguments.ts";

class Exit extends Error {
  constructor(readonly code: number) {
    super(`exit ${code}`);
  }
}

/** What a command would say and how it would end. */
function run(args: string[]) {
  const said = { out: "", err: "" };
  vi.spyOn(process, "exit").mockImplementation(((code: number) => {
    throw new Exit(code);
  }) as never);
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((said.out += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((said.err += String(text)), true));
  try {
    const { values, positionals } = readArguments(
      {
        name: "sing",
        help: "npm run sing\n",
        options: { loud: { type: "boolean" }, song: { type: "string", multiple: true } },
        words: { least: 1, most: 1, what: "takes one singer" },
      },
      args,
    );
    return { ...said, values: { ...values }, positionals };
  } catch (error) {
    if (error instanceof Exit) return { ...said, code: error.code };
    throw error;
  }
}

describe("readArguments", () => {
  it("reads options and words", () =>
    expect(run(["--song", "a", "--song=b", "--loud", "Björk"])).toMatchObject({
      values: { loud: true, song: ["a", "b"] },
      positionals: ["Björk"],
    }));

  it.each([[["--help"]], [["-h"]], [["--nonsense", "--help"]]])("prints its help for %j", (args) =>
    expect(run(args)).toEqual({ code: 0, out: "npm run sing\n", err: "" }),
  );

  it.each([
    [["--luod", "x"], "TheSet: sing has no option --luod (did you mean --loud?); --help tells more\n"],
    [["-x", "x"], "TheSet: sing has no option -x; --help tells more\n"],
    [
      ["--song"],
      "TheSet: sing does not understand: Option '--song <value>' argument missing; --help tells more\n",
    ],
    [
      ["--loud=yes", "x"],
      "TheSet: sing does not understand: Option '--loud' does not take an argument; --help tells more\n",
    ],
    [[], "TheSet: sing takes one singer; --help tells more\n"],
    [["a", "b"], "TheSet: sing takes one singer; --help tells more\n"],
    [["--\u001b[31m", "x"], "TheSet: sing has no option --�[31m; --help tells more\n"],
    [["--", "--help", "--help"], "TheSet: sing takes one singer; --help tells more\n"],
  ])("ends with 2 and one line for %j", (args, err) => expect(run(args)).toEqual({ code: 2, out: "", err }));
});

it("meant() says nothing where nothing is near", () =>
  expect([meant("crate", ["create", "reset-password"]), meant("dance", ["create"])]).toEqual([
    " (did you mean create?)",
    "",
  ]));
