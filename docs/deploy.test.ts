/** Keeps what one deploys with true: every file, process, variable, address and service it names exists. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { envNames } from "#server/env";

const root = new URL("../", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), "utf8");
const isThere = (file: string) => existsSync(new URL(file, root));
/** what the compose file asks of whoever starts it, besides our own variables */
const ofCompose = ["SITE", "POSTGRES_PASSWORD"];

type Service = {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  depends_on?: string[] | Record<string, object>;
};
type Compose = { services: Record<string, Service>; volumes: Record<string, null> };

const composed = parse(read("compose.yaml"), { merge: true }) as Compose;
const { services } = composed;
const ours = Object.entries(services).filter(([, service]) => service.build === ".");
const dockerfile = read("Dockerfile");
const units = readdirSync(new URL("docs/deploy/", root)).filter((name) => name.endsWith(".service"));

/** `node --import tsx <entry>`, which package.json has as a script too. */
function expectEntry(command: string[]): void {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const [, , , entry = ""] = command;
  expect(Object.values(scripts)).toContain(command.join(" "));
  expect(isThere(entry), entry).toBe(true);
}
const unknownVariables = (names: string[]) =>
  names.filter((name) => !envNames.includes(name) && !ofCompose.includes(name));

describe("Dockerfile", () => {
  test("copies what is there, and runs a process of ours as somebody who is not root", () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = ""]) =>
      names.split(" "),
    );
    expect(copied.length).toBeGreaterThan(2);
    expect(copied.filter((name) => !isThere(name))).toEqual([]);
    expectEntry(JSON.parse(/^CMD (.+)$/m.exec(dockerfile)?.[1] ?? "") as string[]);
    expect(dockerfile.lastIndexOf("\nUSER node")).toBeGreaterThan(dockerfile.lastIndexOf("\nFROM "));
  });

  test("has the Node of .nvmrc, variables that are read, and the address that says the process is up", () => {
    const versions = [...dockerfile.matchAll(/^FROM node:(\d+)-slim/gm)].map(([, version]) => version);
    expect(versions).toEqual([read(".nvmrc").trim(), read(".nvmrc").trim()]);
    const set = [...(/^ENV (.+)$/m.exec(dockerfile)?.[1] ?? "").matchAll(/(\w+)=/g)].map(([, name]) => name!);
    expect(unknownVariables(set)).toEqual([]);
    const [, path = ""] = /HEALTHCHECK[^]*?\}(\/\w+)`/.exec(dockerfile) ?? [];
    expect(read("server/health.ts")).toContain(`get("${path}"`);
  });

  test("no secret, no data and no other machine's packages get into the image", () => {
    expect(read(".dockerignore").split("\n")).toEqual(
      expect.arrayContaining([".env", ".data", "node_modules", ".git"]),
    );
  });
});

describe("compose.yaml", () => {
  const runs = (entry: string) =>
    ours.filter(([, { command }]) => (command?.at(-1) ?? "server/web.ts") === entry);

  test("has two web processes, two workers and one migration, each a process of ours", () => {
    expect(["server/web.ts", "jobs/worker.ts", "db/migrate.ts"].map((entry) => runs(entry).length)).toEqual([
      2, 2, 1,
    ]);
    for (const [, { command }] of ours) if (command) expectEntry(command);
  });

  test("names only services, volumes, files and variables that exist", () => {
    for (const [name, service] of Object.entries(services)) {
      const needed = Array.isArray(service.depends_on)
        ? service.depends_on
        : Object.keys(service.depends_on ?? {});
      expect(
        needed.filter((other) => !(other in services)),
        name,
      ).toEqual([]);
      const from = (service.volumes ?? []).map((volume) => volume.split(":")[0]!);
      expect(
        from.filter((one) => (one.startsWith(".") ? !isThere(one) : !(one in composed.volumes))),
        name,
      ).toEqual([]);
    }
    for (const [, { environment }] of ours)
      expect(unknownVariables(Object.keys(environment ?? {}))).toEqual([]);
    const asked = [...read("compose.yaml").matchAll(/\$\{(\w+)/g)].map(([, name]) => name!);
    expect(unknownVariables(asked)).toEqual([]);
  });

  test("all processes of ours share database, secret and address, and only the proxy is reached from outside", () => {
    const settings = ours.map(([, { environment }]) => JSON.stringify(environment));
    expect(new Set(settings).size).toBe(1);
    expect(ours[0]?.[1].environment).toMatchObject({
      DATABASE_URL: expect.stringContaining("@postgres:5432/") as string,
      SESSION_SECRET: expect.any(String) as string,
      APP_URL: expect.stringMatching(/^https:/) as string,
      TRUST_PROXY: "1",
    });
    expect(Object.keys(services).filter((name) => services[name]?.ports)).toEqual(["proxy"]);
  });

  test("Caddy balances over all web processes, by an address that says whether they can work", () => {
    const caddy = read("docs/deploy/Caddyfile");
    const { PORT = "" } = ours[0]?.[1].environment ?? {};
    const [, upstreams = ""] = /reverse_proxy ([^{]+) \{/.exec(caddy) ?? [];
    expect(upstreams.split(" ")).toEqual(runs("server/web.ts").map(([name]) => `${name}:${PORT}`));
    const [, path = ""] = /health_uri (\S+)/.exec(caddy) ?? [];
    expect(read("server/health.ts")).toContain(`get("${path}"`);
  });
});

describe.each(units)("%s", (unit) => {
  const text = read(`docs/deploy/${unit}`);

  test("starts a process of ours with variables that are read, after units that exist", () => {
    const [, node = "", rest = ""] = /^ExecStart=(\S+) (.+)$/m.exec(text) ?? [];
    expect(node).toBe("/usr/bin/node");
    expectEntry(["node", ...rest.split(" ")]);
    const set = [...text.matchAll(/^Environment=(.+)$/gm)].flatMap(([, pairs = ""]) => pairs.split(" "));
    expect(unknownVariables(set.map((pair) => pair.split("=")[0]!))).toEqual([]);
    const named = [...text.matchAll(/theset-[\w@]+\.service/g)].map(([name]) => name);
    expect(named.filter((name) => !units.includes(name))).toEqual([]);
    expect(text).toMatch(/^User=(?!root)/m);
  });
});

test("nginx keeps the Host, buffers no stream, and waits longer for one than the comments that keep it open", () => {
  const nginx = read("docs/deploy/nginx.conf");
  const [, streams = ""] = /location ~ (\^\/api\S+) \{/.exec(nginx) ?? [];
  for (const path of ["/api/shows/x/stream", "/api/artists/x/stream", "/api/admin/stream"])
    expect(path).toMatch(new RegExp(streams));
  expect(nginx).toContain("proxy_set_header Host $host;");
  expect(nginx).toMatch(/stream\$ \{[^}]*proxy_buffering off;[^}]*proxy_read_timeout 1h;/);
});
