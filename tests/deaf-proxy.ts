/** A TCP proxy that can go deaf: no byte passes and nobody is told, as behind a NAT or a proxy that lost its state. */
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export type DeafProxy = {
  /** the same address by way of this proxy */
  url: string;
  /** `open`: connections that are open now; `all`: new ones too, until `hear` */
  goDeaf(which: "open" | "all"): void;
  /** New connections pass again; those that went deaf never hear again. */
  hear(): void;
  /** connections that the near side still holds */
  open(): number;
  stop(): Promise<void>;
};

/** @param target a database's address */
export async function startDeafProxy(target: string): Promise<DeafProxy> {
  const { hostname, port } = new URL(target);
  const near = new Set<Socket>();
  const far = new Set<Socket>();
  const deaf = new WeakSet<Socket>();
  let all = false;

  const server = createServer((client) => {
    const upstream = connect(Number(port || 5432), hostname);
    if (all) deaf.add(client);
    keep(client, near);
    keep(upstream, far);
    // Read and thrown away, so that we hear of its end; but nobody else does.
    client.on("data", (bytes) => deaf.has(client) || upstream.write(bytes));
    upstream.on("data", (bytes) => deaf.has(client) || client.write(bytes));
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => deaf.has(client) || client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);

  return {
    url: url.href,
    goDeaf(which) {
      all = which === "all";
      for (const client of near) deaf.add(client);
    },
    hear: () => void (all = false),
    open: () => near.size,
    async stop() {
      for (const socket of [...near, ...far]) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function keep(socket: Socket, among: Set<Socket>): void {
  among.add(socket);
  socket.on("close", () => among.delete(socket));
  socket.on("error", () => undefined);
}
