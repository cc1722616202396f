/** Entry: `npm run build`. The pages for production, made anew. `npm start` does it by itself when it is needed. */
import { fileURLToPath } from "node:url";
import { readArguments } from "#server/arguments";
import { ensureBuild } from "./start/build.ts";
import { say, wordsOf } from "./terminal.ts";

readArguments({
  name: "build",
  help: `npm run build
Makes the pages for production, in build/ and public/build/. npm start does it by itself when they have changed.

  --help   this text
`,
});
const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());
try {
  await ensureBuild(fileURLToPath(new URL("..", import.meta.url)), stopping.signal, say, true);
  process.stdout.write("TheSet: the pages are built\n");
} catch (error) {
  if (!stopping.signal.aborted) say(wordsOf(error));
  process.exitCode = stopping.signal.aborted ? 130 : 1;
}
