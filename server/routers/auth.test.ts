import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { testApp } from "../../tests/app.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

const ada = { email: "Ada@example.org", password: "a long walk home", name: "Ada" };

test("who joins is signed in, and signs in again from another browser in any case of the address", async () => {
  const here = app.visitor();
  expect(await here.auth.me()).toEqual({ fan: null });
  const joined = await here.auth.signUp(ada);
  expect(joined).toEqual({ fan: { id: joined.fan.id, name: "Ada" }, dropped: 0 });
  expect((await here.auth.me()).fan).toMatchObject({
    ...joined.fan,
    email: ada.email,
    role: "fan",
    guest: false,
  });
  const there = app.visitor();
  expect(await there.auth.signIn({ ...ada, email: " ADA@EXAMPLE.ORG " })).toEqual(joined);
  expect((await there.auth.me()).fan?.id).toBe(joined.fan.id);
});
