import { visible } from "#rules/visible";
import type { LineResult } from "#server/start-many";

/** Why no import was started, as lines, and the exit code; undefined: one was. Names of others are made harmless. */
export function problemOf(asked: string, result: LineResult): { text: string; code: 1 | 2 } | undefined {
  const name = `"${visible(asked)}"`;
  const list = (result.candidates ?? [])
    .map(({ name, tmAttractionId }) => `  ${tmAttractionId.padEnd(20)}${visible(name)}\n`)
    .join("");
  switch (result.outcome) {
    case "started":
    case "joined":
      return undefined;
    case "ambiguous":
      return { code: 2, text: `TheSet: several artists are called ${name}; import one by its id:\n${list}` };
    case "not-found": {
      const why = result.reason ?? `Ticketmaster knows no artist called ${name}`;
      const near = list === "" ? "\n" : `; nearly so:\n${list}`;
      return { code: 2, text: `TheSet: ${visible(why).replace(/\.$/, "")}${near}` };
    }
    case "not-tried":
      return {
        code: 1,
        text: `TheSet: ${name} could not be looked for: ${visible(result.reason ?? "no answer")}\n`,
      };
  }
}
