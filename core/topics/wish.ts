import type { Context } from "../context.ts";
import type { Effect } from "../effects.ts";
import type { Door, Finished } from "../engine/flow.ts";
import { isKind, kinds, kindsAhead, whenOf } from "../reminders/kinds.ts";
import { carried } from "../reminders/proof.ts";
import { dayParts, type Wishes, wishesQuery } from "../reminders/wishes.ts";
import type { Topic } from "../topic.ts";
import { ALL, choose, overview, reminders } from "./reminders.ts";

/* What is done at once, on a press: a wish is set or taken, and how one wants to be reminded is chosen. */

const lookup = () => wishesQuery;

/** Sets a kind of reminders, or `all`: `wish-news`, with the question it was pressed below. */
export const wish: Topic = {
  name: "wish",
  lookup,
  answer(context, session, about) {
    const { of, question, words } = carried(about);
    const wishes = context.found(wishesQuery);
    const { edition, today } = context;
    const wanted = of === ALL ? kindsAhead(edition, today) : kinds.filter((kind) => kind === of);
    if (!wishes || wanted.length === 0) return reminders.answer(context, session, "");
    const { channel, address, by } = context;
    const effects = wanted.map(
      (kind): Effect => ({
        kind: "remind",
        of: kind,
        channel,
        address,
        said: { by, ...(words && { words }) },
      }),
    );
    const chats = [...new Set([...wishes.chats, channel])].sort();
    const others = wishes.of.filter((one) => !wanted.some((kind) => kind === one));
    const now: Wishes = { ...wishes, of: [...others, ...wanted], chat: channel, chats, withdrawn: false };
    return { ...after(context, now, of, question), effects };
  },
};

/** What is said once it is set: where it was chosen from a list, the list; else what will come, and how to stop. */
function after(context: Context, now: Wishes, of: string, question: string | undefined): Finished {
  if (question === "choose") return choose(context, now);
  if (!isKind(of)) return overview(context, now);
  const more: Door = { opens: "reminders", label: { key: "remind.option.more" } };
  return { say: { key: "remind.told", params: { when: whenOf(of) } }, doors: [more] };
}

/** Takes a kind of reminders. */
export const unwish: Topic = {
  name: "unwish",
  lookup,
  answer(context, session, about) {
    const { of, words } = carried(about);
    const wishes = context.found(wishesQuery);
    if (!wishes || !isKind(of)) return reminders.answer(context, session, "");
    const { channel, by } = context;
    const said = { by, ...(words && { words }) };
    const now = { ...wishes, of: wishes.of.filter((one) => one !== of) };
    return { ...choose(context, now), effects: [{ kind: "forgetReminders", of, channel, said }] };
  },
};

/** Chooses how: `prefer-hours-morning`, `prefer-comune-vigolzone`, `prefer-comune` for none, `prefer-chat-telegram`. */
export const prefer: Topic = {
  name: "prefer",
  lookup,
  answer(context, session, about) {
    const wishes = context.found(wishesQuery);
    const chosen = wishes && choiceIn(about, context, wishes);
    if (!chosen) return reminders.answer(context, session, "");
    const { channel, by } = context;
    const { comune: _, ...rest } = wishes;
    const comune = "comune" in chosen ? chosen.comune : wishes.comune;
    const now: Wishes = {
      ...rest,
      ...("hours" in chosen && { hours: chosen.hours }),
      ...("chat" in chosen && { chat: chosen.chat }),
      ...(comune && { comune }),
    };
    return {
      ...overview(context, now),
      effects: [{ kind: "preferReminders", ...chosen, channel, said: { by } }],
    };
  },
};

/** What is chosen, where it can be: an old button may name what there is no more. */
function choiceIn(about: string, { edition }: Context, { chats }: Wishes) {
  const [what = "", ...rest] = about.split("-");
  const value = rest.join("-");
  if (what === "hours") {
    const hours = dayParts.find((part) => part === value);
    return hours && { hours };
  }
  if (what === "chat") return chats.includes(value) ? { chat: value } : undefined;
  if (what !== "comune") return undefined;
  if (value === "") return { comune: null };
  return edition.comuni.some(({ id }) => id === value) ? { comune: value } : undefined;
}
