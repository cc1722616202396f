import { createServer } from "node:net";

/**
 * A port nobody listens on: `wanted`, or for 0 one the system picks.
 * @throws NodeJS.ErrnoException: EADDRINUSE taken, EACCES not allowed, EADDRNOTAVAIL no such host here
 */
export function freePort(wanted: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(wanted, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : wanted));
    });
  });
}

/** The port for `PORT` and `HOST`, or a sentence why there is none. */
export async function webPort(port: number, host: string): Promise<{ port: number } | { problem: string }> {
  try {
    return { port: await freePort(port, host) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      return { problem: `port ${port} is taken by another program: set PORT to another one (0 picks one)` };
    }
    if (code === "EACCES") return { problem: `port ${port} is reserved: set PORT to one above 1023` };
    return { problem: `cannot listen on HOST ${host}: ${message}` };
  }
}

/** The address to open in a browser of this machine. */
export function localUrl(host: string, port: number): string {
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}
