/** Entry: `npm run admin`. Makes administrators and new passwords, by whoever can start TheSet. */
import { DataDirError } from "#db/embedded/index";
import { createDb, type Db } from "#db/index";
import { findFanByEmail } from "#db/queries/fans";
import { emailInput } from "#server/account-inputs";
import { makeAdministrator, promote, resetPassword } from "#server/administrators";
import { meant, readArguments, UsageError } from "#server/arguments";
import { readEnvOrExit } from "#server/env";
import { visible } from "#rules/visible";
import { whyRefused } from "#server/session/password";
import { askPassword, Interrupted } from "./admin/ask.ts";
import { openDatabase } from "./database.ts";
import { say, wordsOf } from "./terminal.ts";

const help = `npm run admin -- create EMAIL
npm run admin -- reset-password EMAIL

  create           makes an administrator; a fan with this address becomes one and keeps the password
  reset-password   gives an account another password and ends all its sessions
  --help           this text

Asks for the password at a terminal, else reads it from stdin:
  printf '%s' "$PASSWORD" | npm run -s admin -- create you@example.org
Works on the database of DATABASE_URL, else of the instance that runs on DATA_DIR, else with a Postgres of its own.
`;

/** It could not be done. */
class Refused extends Error {}

type Command = (db: Db, email: string) => Promise<string>;

const commands: Record<string, Command> = {
  create: async (db, email) => {
    const there = await findFanByEmail(db, email);
    if (there?.role === "admin")
      throw new Refused(`${email} is an administrator already; reset-password gives another password`);
    if (there && (await promote(db, email)))
      return `${email} is an administrator now, with the password as before`;
    const password = await newPassword(email);
    if (!(await makeAdministrator(db, { email, password })))
      throw new Refused(
        `${email} has got an account meanwhile; create it again to make it an administrator's`,
      );
    return `${email} is an administrator and may sign in`;
  },
  "reset-password": async (db, email) => {
    const fan = await findFanByEmail(db, email);
    if (!fan) throw new Refused(`there is no account with the address ${email}`);
    const password = await newPassword(email, fan.name);
    if (!(await resetPassword(db, { email, password })))
      throw new Refused(`there is no account with the address ${email} any more`);
    return `${email} has a new password and is signed out everywhere`;
  },
};

async function newPassword(email: string, name?: string | null): Promise<string> {
  const password = await askPassword();
  if (password === undefined)
    throw new UsageError(
      process.stdin.isTTY ? "those were two different passwords, or none" : "no password came on stdin",
    );
  const why = whyRefused(password, { email, name });
  if (why) throw new UsageError(why);
  return password;
}

function read(): { command: Command; email: string } {
  const parsed = readArguments({
    name: "admin",
    help,
    words: { least: 0, most: 9, what: "takes one command and one e-mail address" },
  });
  const [name = "", address, ...more] = parsed.positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command)
    throw new UsageError(
      `admin knows ${Object.keys(commands).join(" and ")}${name ? `, not "${visible(name)}"${meant(name, Object.keys(commands))}` : ""}; --help tells more`,
    );
  if (address === undefined || more.length > 0)
    throw new UsageError(`admin ${name} takes one e-mail address`);
  const email = emailInput.safeParse(address);
  if (!email.success) throw new UsageError(email.error.issues[0]?.message ?? "this is no e-mail address");
  return { command, email: email.data };
}

const stopping = new AbortController();
async function main(): Promise<number> {
  const asked = read();
  const opening = openDatabase(readEnvOrExit(), say);
  // Also while it opens: a Postgres on its way up must not stay behind.
  const interrupt = () => {
    stopping.abort();
    void opening
      .then(({ close }) => close())
      .catch(() => undefined)
      .finally(() => process.exit(130));
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const database = await opening;
  const db = createDb(database.url, { max: 2, applicationName: "theset admin" });
  try {
    process.stdout.write(`TheSet: ${await asked.command(db, asked.email)}\n`);
    return 0;
  } finally {
    await db.destroy();
    await database.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof Interrupted || stopping.signal.aborted) process.exit(130);
  const usage = error instanceof UsageError || error instanceof DataDirError;
  const { code } = error as NodeJS.ErrnoException;
  say(
    code === "42P01"
      ? "this database has no tables of TheSet yet: npm run migrate makes them"
      : wordsOf(error),
  );
  process.exit(usage ? 2 : 1);
}
