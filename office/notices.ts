import type { Decision, Notice } from "../core/desk.ts";
import { menuDoor, operatorDoor } from "../core/doors.ts";
import type { Day } from "../core/edition/calendar.ts";
import type { Edition } from "../core/edition/schema.ts";
import type { Door } from "../core/engine/flow.ts";
import type { Text } from "../core/engine/message.ts";
import { noticeIn } from "../core/sayable.ts";
import { because } from "../core/topics/mine.ts";
import { howToVote, votesFrom } from "../core/topics/register.ts";
import type { Words } from "../core/words.ts";

/** What people are told of what the office did, each with ways to go on. */
export interface Notices {
  answered(number: number, text: string): Notice;
  closed(number: number, text: string): Notice;
  judged(code: string, decision: Decision, reason: string | undefined): (title: string) => Notice;
  cityUserEnabled(number: number, edition: Edition): (from: Day, hasCode: boolean) => Notice;
  cityUserRefused(number: number, because: string): Notice;
}

/** Name of WhatsApp's template for news from the office; its one gap is the whole text. */
const TEMPLATE = "office_news";

export function makeNotices(words: Words): Notices {
  const notice =
    (says: Text, doors: readonly Door[]): Notice =>
    (asked) => {
      const message = noticeIn(words, asked, { notes: [says], doors });
      const { language, text } = message;
      // People are answered days later, when WhatsApp takes nothing but a template.
      return { ...message, template: { name: TEMPLATE, language, parameters: [text] } };
    };
  const quoted = (number: number, text: string) => ({ number: String(number), text: { literal: text } });
  return {
    answered: (number, text) =>
      notice({ key: "operator.answer", params: quoted(number, text) }, [
        { opens: `operator-${number}`, label: { key: "operator.option.again" } },
        menuDoor,
      ]),
    closed: (number, text) =>
      notice({ key: "operator.closed", params: quoted(number, text) }, [operatorDoor, menuDoor]),
    judged: (code, decision, reason) => (title) => {
      const judgement = { key: `mine.judged.${decision}`, params: { code, title: { literal: title } } };
      return notice({ gap: true, lines: [judgement, ...(reason ? [because(reason)] : [])] }, [
        { opens: `mine-${code}`, label: { key: "home.option.mine" } },
        operatorDoor,
        menuDoor,
      ]);
    },
    cityUserEnabled: (number, edition) => (from, hasCode) => {
      const enabled = {
        key: "register.enabled",
        params: { number, from: { date: votesFrom(edition, from) } },
      };
      return notice({ gap: true, lines: [enabled, howToVote(edition, hasCode)] }, [
        { opens: "ways", label: { key: "vote.option.ways" } },
        menuDoor,
      ]);
    },
    cityUserRefused: (number, because) =>
      notice({ key: "register.refused", params: { number, because: { literal: because } } }, [
        operatorDoor,
        menuDoor,
      ]),
  };
}
