/** The colour scheme a visitor chose: their device's, or one of ours. Kept in a cookie, so that it works without script. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}

export function readTheme(cookies: string | null): Theme {
  const value = /(?:^|;\s*)theme=([a-z]+)/.exec(cookies ?? "")?.[1];
  return isTheme(value) ? value : "system";
}

/** A year; choosing the device's again forgets the choice. */
export function themeCookie(theme: Theme): string {
  const age = theme === "system" ? 0 : 365 * 86_400;
  return `theme=${theme}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax`;
}

/** A path of ours to go back to; anything that a browser could read as another host is the front page. */
export function safePath(value: unknown): string {
  if (typeof value !== "string" || value.length > 2_000) return "/";
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(value) && !/^\/%5c/i.test(value) ? value : "/";
}
