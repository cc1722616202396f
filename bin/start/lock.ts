/**
 * One holder at a time, without help of the system: a holder that was killed holds nothing, and of two that come at the
 * same moment exactly one gets it. Everybody first lays down a claim and then looks at those of the others; as long as
 * claims are laid before looking, two can never both see themselves alone.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, ourselves, type ProcessId } from "./identity.ts";

export type Lock = { release(): void };
type Claim = { name: string; id: ProcessId; held: boolean };

/** @returns the lock, or the process that has it (or is just about to) */
export async function takeLock(folder: string): Promise<{ lock: Lock } | { holder: number }> {
  const us = ourselves();
  const mine = `${us.pid}.${us.start}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, mine), "");
  const withdraw = () => {
    rmSync(join(folder, mine), { force: true });
    rmSync(join(folder, `${mine}.held`), { force: true });
  };
  for (;;) {
    const others = livingClaims(folder).filter((claim) => claim.name !== mine);
    if (others.length === 0) break;
    const stronger = others.find((claim) => claim.held) ?? others.find((claim) => claim.name < mine);
    if (stronger) {
      withdraw();
      return { holder: stronger.id.pid };
    }
    await sleep(20);
  }
  writeFileSync(join(folder, `${mine}.held`), "");
  return { lock: { release: withdraw } };
}

function livingClaims(folder: string): Claim[] {
  const names = readdirSync(folder);
  const claims = names.flatMap((name) => {
    const [, pid, start] = /^(\d+)\.(\w+)$/.exec(name) ?? [];
    if (!pid || !start) return [];
    return [{ name, id: { pid: Number(pid), start }, held: names.includes(`${name}.held`) }];
  });
  return claims.filter((claim) => {
    if (isAlive(claim.id)) return true;
    rmSync(join(folder, claim.name), { force: true });
    rmSync(join(folder, `${claim.name}.held`), { force: true });
    return false;
  });
}
