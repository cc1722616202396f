/** What can be done to jobs in a state. Dead letters wait, but nobody takes them: they are tried again like failed ones. */
export function actsOn(state: string, letters: boolean) {
  return {
    retry: letters || state === "failed",
    cancel: !letters && (state === "waiting" || state === "active"),
    remove: state !== "active",
  };
}
