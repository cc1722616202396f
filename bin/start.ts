/** Entry: `npm start` and `npm run dev`. Loads nothing before it knows that this Node can run the rest. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `TheSet: needs Node 20.19 or newer (22 or 24 recommended), and this is ${process.version}\n`,
  );
  process.exit(2);
}
const { start } = await import("./start/start.ts");
await start(process.argv.slice(2));

export {};
