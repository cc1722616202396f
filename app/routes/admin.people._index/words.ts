/** People in words. */
import type { StateKind } from "../../components/control/state";

/** Guests have no name: the end of their id tells one from the other. */
export function nameOf({
  id,
  name,
  deletedAt,
}: {
  id: string;
  name: string | null;
  deletedAt: unknown;
}): string {
  return name ?? (deletedAt ? `left ${id.slice(-6)}` : `guest ${id.slice(-6)}`);
}

export function stateOf(fan: { blocked: boolean; left: boolean; guest: boolean }): {
  kind: StateKind;
  word: string;
} {
  if (fan.left) return { kind: "idle", word: "Left" };
  if (fan.blocked) return { kind: "closed", word: "Blocked" };
  return fan.guest ? { kind: "idle", word: "Guest" } : { kind: "fine", word: "Account" };
}
