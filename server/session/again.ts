import { isRaceLost } from "#db/errors";

/** Who votes at the same moment wins or loses once; more often is something else. */
const TRIES = 3;

/** Does a transaction over that lost a race against another one. @param work all of it, from its beginning */
export async function again<T>(work: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (tries > 1 && isRaceLost(error)) return again(work, tries - 1);
    throw error;
  }
}
