/** One HTTP server for all upstreams: finds the service by its base path, lets the faults have their way, keeps a log. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { control, type Controls } from "./control.ts";
import { misbehave, write, type makeFaults } from "./faults.ts";
import { json, type Ask, type Service, type Upstream } from "./service.ts";

export type LoggedRequest = { upstream: Upstream; method: string; path: string; at: string; status: number };

const LOOPBACK = ["127.0.0.1", "::1", "::ffff:127.0.0.1"];
const BODY_CAP = 1_000_000;

async function text(req: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of req.setEncoding("utf8")) {
    body += String(chunk);
    if (body.length > BODY_CAP) break;
  }
  return body;
}

export function makeServer(options: {
  services: Record<Upstream, Service>;
  faults: ReturnType<typeof makeFaults>;
  controls: () => Controls;
  now: () => Date;
  log: (request: LoggedRequest) => void;
}): Server {
  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { method = "GET" } = req;
    const url = new URL(req.url ?? "/", "http://simulator");
    const found = (Object.entries(options.services) as [Upstream, Service][]).find(([, { base }]) =>
      url.pathname.startsWith(`${base}/`),
    );
    if (!found) {
      const local = LOOPBACK.includes(req.socket.remoteAddress ?? "");
      const answer = local ? control(options.controls(), method, url.pathname, await text(req)) : undefined;
      write(res, answer ?? json(404, { error: { message: "The simulator has no such page." } }));
      return;
    }
    const [upstream, service] = found;
    const now = options.now();
    const ask: Ask = {
      path: url.pathname.slice(service.base.length),
      query: url.searchParams,
      header: (name) => req.headers[name]?.toString(),
      ...(method === "POST" && { body: await text(req) }),
      now: now.getTime(),
    };
    const entry: LoggedRequest = {
      upstream,
      method,
      path: service.keyless(ask),
      at: now.toISOString(),
      status: 0,
    };
    // Logged at once: a request that never gets its answer was still made.
    options.log(entry);
    const refuse: Parameters<typeof misbehave>[3] = (kind) => service.refuse(kind, ask);
    const answer = () =>
      method === (service.posts ? "POST" : "GET") ? service.answer(ask) : refuse("not-found");
    const fault = options.faults.hit(upstream, entry.path);
    entry.status = fault ? await misbehave(res, fault, answer, refuse) : write(res, answer());
  }

  return createServer((req, res) => {
    serve(req, res).catch((error: unknown) => {
      // A bug of ours must not look like an upstream's failure.
      process.stderr.write(`simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
      res.destroy();
    });
  });
}
