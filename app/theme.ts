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
