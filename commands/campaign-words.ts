/** Why somebody does not get a campaign, waits for it, or did not receive it, in words for the office. */
const WORDS: Readonly<Record<string, string>> = {
  unreadable: "what is kept of them cannot be read (the log says why)",
  not_in_audience: "not among those whom it is for",
  has_it: "have it already",
  already_done: "have done already what it asks",
  no_wish: "did not ask for it, or want no more",
  unreachable: "cannot be reached: they blocked the assistant, or have no such account any more",
  no_template: "wrote too long ago, and no template is approved in their language",
  too_late: "would get it too late",
  stopped: "the campaign was stopped",
  withdrawn: "wanted no more",
  blocked: "blocked the assistant meanwhile",
  unsubscribed: "stopped its messages in their app",
  parted: "the number is somebody else's now",
  early: "it begins later",
  quiet: "at night, on quiet days, or at other hours than they chose",
  weekly: "got as many this week as are allowed",
  limit: "WhatsApp's limit of people a day",
};

const ORDER = Object.keys(WORDS);

/** The commonest first, those that are as common in an order of their own. */
export const ranked = (numbers: Readonly<Record<string, number>>): readonly (readonly [string, number])[] =>
  Object.entries(numbers).sort(
    ([one, count], [other, more]) => more - count || ORDER.indexOf(one) - ORDER.indexOf(other),
  );

/** A reason of a platform's stays as it is: a code. */
export const reasonIn = (because: string): string => WORDS[because] ?? because;
