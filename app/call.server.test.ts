import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { load, submit } from "./call.server";

const refused = (code: TRPCError["code"], cause?: unknown) =>
  Promise.reject(new TRPCError({ code, message: "Words for a fan.", cause }));
const thrown = async (call: Promise<unknown>) => {
  const answer = await load(call).catch((error: unknown) => error);
  if (!(answer instanceof Response)) throw new Error("no Response was thrown");
  return { answer, body: (await answer.json()) as { error: Record<string, unknown> } };
};
const badInput = z.object({ q: z.string("Give a word.") }).safeParse({ q: 1 }).error;

describe("load", () => {
  it.each([
    ["NOT_FOUND", 404],
    ["FORBIDDEN", 403],
    ["BAD_REQUEST", 400],
    ["SERVICE_UNAVAILABLE", 503],
    ["TOO_MANY_REQUESTS", 429],
  ] as const)("turns %s into %i with its sentence", async (code, status) => {
    const { answer, body } = await thrown(refused(code));
    expect(answer.status).toBe(status);
    expect(body).toEqual({ error: { code, message: "Words for a fan." } });
  });

  it("says when to come back", async () => {
    expect((await thrown(refused("SERVICE_UNAVAILABLE"))).answer.headers.get("Retry-After")).toBe("5");
    const limit = Object.assign(new Error("limit"), { retryAfter: 11.2 });
    expect((await thrown(refused("TOO_MANY_REQUESTS", limit))).answer.headers.get("Retry-After")).toBe("12");
  });

  it("names the field of a bad input in plain words", async () => {
    const { body } = await thrown(refused("BAD_REQUEST", badInput));
    expect(body.error).toEqual({ code: "BAD_REQUEST", message: "Give a word.", field: "q" });
  });

  it("tells nothing of a bug", async () => {
    const bug = new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "column x of relation y" });
    const { answer, body } = await thrown(Promise.reject(bug));
    expect(answer.status).toBe(500);
    expect(JSON.stringify(body)).not.toContain("column");
  });

  it("lets what is no procedure's refusal pass", async () => {
    await expect(load(Promise.reject(new TypeError("ours")))).rejects.toThrow("ours");
  });
});

describe("submit", () => {
  it("hands data on", async () => {
    expect(await submit(Promise.resolve(7))).toEqual({ ok: true, data: 7 });
  });

  it("hands a refusal on, to stand beside its field", async () => {
    expect(await submit(refused("BAD_REQUEST", badInput))).toEqual({
      ok: false,
      status: 400,
      error: { code: "BAD_REQUEST", message: "Give a word.", field: "q" },
    });
  });

  it("throws what no form can show", async () => {
    await expect(submit(refused("SERVICE_UNAVAILABLE"))).rejects.toBeInstanceOf(Response);
  });
});
