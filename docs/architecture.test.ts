/**
 * Keeps these documents true: whatever they name – files, folders, commands, links, pictures – exists. A path is text in
 * backticks that begins like one or ends like a file; `*` and `<word>` stand for any name, `…` for any part of a path.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const ignored = readFileSync(join(root, ".gitignore"), "utf8")
  .split("\n")
  .map((line) => line.replace(/\/$/, ""));
const top = readdirSync(root).filter((name) => name !== ".git" && !ignored.includes(name));
const files = top.flatMap((name) => walk(name));
const known = new Set(files);
const documents = files.filter((file) => /^(README|CONTRIBUTING|SECURITY)\.md$|^docs\/.*\.md$/.test(file));
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

/** All files and, with a slash at their end, folders. */
function walk(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  const names = readdirSync(join(root, path)).map((name) => join(path, name));
  return [`${path}/`, ...names.filter((name) => !ignored.includes(name)).flatMap(walk)];
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

const fence = /^```(\w*)\n([\s\S]*?)^```$/gm;
const prose = (text: string) => text.replace(fence, "");

/** `a.{b,c}` is two names. */
function unfold(name: string): string[] {
  const [, before = "", choices = "", after = ""] = /^(.*)\{(.+)\}(.*)$/.exec(name) ?? [];
  return choices === "" ? [name] : choices.split(",").map((choice) => before + choice + after);
}

/** Lines of a tree drawn by indentation: names, two blanks, what they are for. */
function treePaths(text: string): string[] {
  const above: { indent: number; path: string }[] = [];
  return text.split("\n").flatMap((line) => {
    const [, blanks = "", names = ""] = /^( *)(\S+(?: \S+)*)(?: {2,}.*)?$/.exec(line) ?? [];
    if (names === "") return [];
    while (above.length > 0 && above[above.length - 1]!.indent >= blanks.length) above.pop();
    const paths = names.split(" ").flatMap(unfold);
    const full = paths.map((name) => (above.at(-1)?.path ?? "") + name);
    if (names.endsWith("/")) above.push({ indent: blanks.length, path: full[0]! });
    return full;
  });
}

/** What looks like a file or folder of ours among the texts in backticks. */
function namedPaths(text: string): string[] {
  const spans = [...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  return spans.flatMap(unfold).filter((span) => {
    const [first = ""] = span.split("/");
    if (/[\s():]|^[/@~]|^\.\.?$/.test(span) || ignored.includes(first) || /^[A-Z_]+\//.test(span))
      return false;
    const isInside = span.includes("/") && (top.includes(first) || first.startsWith("#"));
    return isInside || /\w\.(tsx?|jsx?|json|md|png|css|ico|svg|yml)$/.test(span);
  });
}

/** Whether a name given from the root, from the document's folder or, without a slash, from anywhere is there. */
function isThere(path: string, document: string): boolean {
  if (known.has(path)) return true;
  const ours = path.startsWith("#") ? `${path.slice(1)}${path.endsWith("*") ? "" : ".ts"}` : path;
  const pattern = ours
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*|…/g, ".+")
    .replace(/<[^>]+>/g, "[^/]+");
  const name = new RegExp(`^${pattern.replace(/\*/g, "[^/]+")}/?$`);
  return files.some(
    (file) =>
      name.test(file) ||
      name.test(relative(dirname(document), file)) ||
      (!ours.includes("/") && name.test(basename(file))),
  );
}

/** As GitHub makes them. */
function anchors(text: string): string[] {
  const headings = [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe.each(documents)("%s", (document) => {
  const text = read(document);

  test("names only files and folders that exist", () => {
    const trees = [...text.matchAll(fence)].filter(([, kind]) => kind === "tree");
    const paths = [...trees.flatMap(([, , body = ""]) => treePaths(body)), ...namedPaths(text)];
    expect(paths.filter((path) => !isThere(path, document))).toEqual([]);
  });

  test("names only commands that exist", () => {
    const named = [...text.matchAll(/\bnpm (?:run ([a-z][\w-]*(?::[\w-]+)*)|(start|test)\b)/g)];
    expect(named.map(([, run, short]) => run ?? short).filter((name) => !(name! in scripts))).toEqual([]);
  });

  test("has no dead link and no missing picture", () => {
    const links = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    const dead = links.filter((link) => {
      if (/^(https?|mailto):/.test(link)) return false;
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? document : join(dirname(document), path);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchors(read(target)).includes(anchor);
    });
    expect(dead).toEqual([]);
  });
});

test("architecture.md names every folder at the top", () => {
  const folders = top.filter((name) => statSync(join(root, name)).isDirectory());
  const map = read("docs/architecture.md");
  expect(folders.filter((name) => !map.includes(`${name}/`))).toEqual([]);
});
