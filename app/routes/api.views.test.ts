import { expect, test, vi } from "vitest";
import { isCounted } from "../use-view";
import { action, loader } from "./api.views";

const record = vi.fn().mockResolvedValue({ counted: true });
const post = (body: string, type = "application/json") =>
  action({
    request: new Request("http://localhost/api/views", {
      method: "POST",
      headers: { "Content-Type": type },
      body,
    }),
    context: { trpc: { view: { record } } },
    params: {},
  } as never);

test("a path is counted and answered with 204", async () => {
  const answer = await post('{"path": "/artists/one"}');
  expect([answer.status, await answer.text()]).toEqual([204, ""]);
  expect(record).toHaveBeenCalledWith({ path: "/artists/one" });
});

test.each(["", "[]", "null", "{", '{"path": 1}'])(
  "the body %o is refused with the field named",
  async (body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "BAD_REQUEST", field: "path" } });
  },
);

test("a form is no JSON, and reading counts nothing", async () => {
  expect((await post("path=/artists/one", "application/x-www-form-urlencoded")).status).toBe(400);
  expect(loader().status).toBe(405);
});

test("pages of artists and shows are counted, no others", () => {
  const paths = ["/artists/one", "/shows/one/", "/artists/one/songs", "/venues/one", "/"];
  expect(paths.filter(isCounted)).toEqual(["/artists/one", "/shows/one/"]);
});
