/** What a process of ours holds on to: collects its garbage on a signal and says what is left. */
import { Buffer } from "node:buffer";
import type { Running } from "../processes.ts";
import { until } from "../until.ts";

const code = `
import v8 from "node:v8";
import vm from "node:vm";
v8.setFlagsFromString("--expose-gc");
const gc = vm.runInNewContext("gc");
let said = 0;
process.on("SIGUSR2", () => {
  gc();
  setImmediate(() => {
    gc();
    const { heapUsed } = process.memoryUsage();
    const open = process.getActiveResourcesInfo().length;
    process.stderr.write("\\nHEAP " + ++said + " " + heapUsed + " " + open + "\\n");
  });
});`;

/** For a process's environment: makes it answer. */
export const heapEnv = {
  NODE_OPTIONS: `--import=data:text/javascript;base64,${Buffer.from(code).toString("base64")}`,
};

/** @returns bytes in use after the garbage is gone, and how many sockets, timers and the like are open */
export async function readHeap(running: Running): Promise<{ bytes: number; open: number }> {
  const count = (running.log().match(/^HEAP/gm) ?? []).length;
  const line = new RegExp(`^HEAP ${count + 1} (\\d+) (\\d+)$`, "m");
  running.signal("SIGUSR2");
  const [, bytes, open] = await until("it says what it holds", 60_000, () => line.exec(running.log()));
  return { bytes: Number(bytes), open: Number(open) };
}
