/**
 * Who is connected but not accepted yet when a server stops. The system takes connections for a busy process, which
 * accepts one each turn of its event loop; closing the server resets those that wait, though they have asked already.
 */
import type { Server } from "node:http";
import { setImmediate as turn } from "node:timers/promises";

/** A turn without a connection means that nobody waits; a few, because a request may be behind its connection. */
const QUIET_TURNS = 3;

/** Resolves when nobody waits to be accepted. @param limitMs under steady traffic somebody always does */
export async function acceptWaiting(server: Server, limitMs: number): Promise<void> {
  const began = performance.now();
  let accepted = 0;
  const count = () => void accepted++;
  server.on("connection", count);
  for (let quiet = 0; quiet < QUIET_TURNS && performance.now() - began < limitMs;) {
    const before = accepted;
    await turn();
    quiet = accepted === before ? quiet + 1 : 0;
  }
  server.off("connection", count);
}
