import pg from "pg";

/** Those that `npm start` makes in one cluster: invented artists never meet real ones. */
export const databaseNames = { simulated: "theset_demo", live: "theset" } as const;

/** Which of them a cluster has. @param url of any of its databases */
export async function listDatabases(url: string): Promise<{ name: string; url: string }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "select datname as name from pg_database where datname = any($1) order by 1",
      [Object.values(databaseNames)],
    );
    return rows.map(({ name }) => {
      const other = new URL(url);
      other.pathname = `/${name}`;
      return { name, url: other.href };
    });
  } finally {
    await client.end();
  }
}
