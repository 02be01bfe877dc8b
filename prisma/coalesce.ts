/**
 * Gathers calls into groups: those that come while a group is under way make up the next one, which
 * costs one commit instead of one each. A call with nothing before it does not wait.
 *
 * @returns resolves, or rejects, as the group that the items went with
 */
export function coalesce<T>(
  run: (items: readonly T[]) => Promise<void>,
): (items: readonly T[]) => Promise<void> {
  let gathering: { readonly items: T[]; readonly done: Promise<void> } | undefined;
  let before: Promise<void> = Promise.resolve();

  return (items) => {
    if (gathering === undefined) {
      const group: T[] = [];
      const done = before.then(() => {
        gathering = undefined;
        return run(group);
      });
      before = done.catch(() => undefined); // those who gave the items hear of it
      gathering = { items: group, done };
    }
    gathering.items.push(...items);
    return gathering.done;
  };
}
