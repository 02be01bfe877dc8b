/** People in a line, by the moment from which each is ready; of those at the same moment, who came first. */
export interface Line<T> {
  add(at: Date, one: T): void;
  /** Takes out the first one, if any. */
  first(): { readonly at: Date; readonly one: T } | undefined;
}

/** Moments are few, as many people become ready in the same morning. */
export function createLine<T>(): Line<T> {
  const moments: { readonly ms: number; readonly people: T[]; taken: number }[] = [];
  return {
    add(at, one) {
      const ms = at.getTime();
      const before = moments.findLastIndex((moment) => moment.ms <= ms);
      const same = moments[before];
      if (same?.ms === ms) same.people.push(one);
      else moments.splice(before + 1, 0, { ms, people: [one], taken: 0 });
    },
    first() {
      for (let [moment] = moments; moment; [moment] = moments) {
        const one = moment.people[moment.taken++];
        if (one !== undefined) return { at: new Date(moment.ms), one };
        moments.shift();
      }
      return undefined;
    },
  };
}
