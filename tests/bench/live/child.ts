/** Processes of a bench, asked by message: each side's processor time is its own. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

type Question = { id: number; name: string; args: unknown };
type Answer = { id: number; result?: unknown; error?: string };

/** What a child answers: by name, a function of one argument. */
export type Answers = Record<string, (args: never) => unknown>;
export type Child<Known extends Answers> = {
  /** @throws what the child's answer threw, or that it has ended */
  ask<Name extends keyof Known>(
    name: Name,
    ...args: Parameters<Known[Name]>
  ): Promise<Awaited<ReturnType<Known[Name]>>>;
  end(): Promise<void>;
};

/** @param file beside this one */
export function startChild<Known extends Answers>(file: string, args: string[] = []): Child<Known> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ["--import", "tsx", "--expose-gc"],
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let count = 0;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  void ended.then(() => {
    for (const settle of waiting.values()) settle({ id: 0, error: `${file} has ended` });
  });
  child.on("message", (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  return {
    ask: (name, ...args) =>
      new Promise((resolve, reject) => {
        const id = ++count;
        waiting.set(id, ({ result, error }) =>
          error === undefined ? resolve(result as never) : reject(new Error(error)),
        );
        child.send({ id, name: String(name), args: args[0] } satisfies Question);
      }),
    async end() {
      if (child.connected) child.disconnect();
      child.kill();
      await ended;
    },
  };
}

/** For the child: answers the parent until that one is gone. */
export function answerParent(answers: Answers): void {
  process.on("message", ({ id, name, args }: Question) => {
    const settle = (answer: Omit<Answer, "id">) => process.send?.({ id, ...answer });
    Promise.resolve()
      .then(() => answers[name]?.(args as never))
      .then(
        (result) => settle({ result }),
        (error: unknown) => settle({ error: error instanceof Error ? (error.stack ?? "") : String(error) }),
      );
  });
  process.once("disconnect", () => process.exit());
}

/** ms of a clock that all processes of this machine share */
export const clockMs = () => Number(process.hrtime.bigint()) / 1e6;
