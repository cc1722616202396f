/** Where signing in leads: back to where somebody came from, by way of their account when something is to be told. */
import { safePath } from "./safe-path";

/** @param dropped votes made as a guest that found no room on the account's ballots */
export function wayOn(redirectTo: unknown, dropped = 0): string {
  const path = safePath(redirectTo);
  if (dropped === 0) return path;
  return `/account?${new URLSearchParams({ dropped: String(dropped), redirectTo: path })}`;
}

/** Addresses have 4 KB in all, and every sign of this one may take three. */
const LONGEST = 1_000;

/** The address of the sign-in page that leads back here. */
export function signInFrom(path: string): string {
  return path === "/" || path.length > LONGEST ? "/login" : `/login?redirectTo=${encodeURIComponent(path)}`;
}
