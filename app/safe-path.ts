/**
 * Where `redirectTo` may lead: a path of ours, with query and fragment. Anything that a browser, a proxy or the router
 * could read as another host, or as another header, is the front page: two slashes, back slashes in any spelling, blanks
 * and control characters, which browsers leave out before they look, and dots that end up at the front as slashes.
 */
export function safePath(value: unknown): string {
  if (typeof value !== "string" || value.length > 2_000) return "/";
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(value)) return "/";
  const [path = ""] = value.split(/[?#]/);
  // Whoever decodes a path, or takes "." and ".." out of it, must not find two slashes at its front.
  if (/%(?:5c|2f|25|0|1[0-9a-f]|7f)/i.test(path) || path.includes("//")) return "/";
  return path.split("/").some((part) => part === "." || part === "..") ? "/" : value;
}
