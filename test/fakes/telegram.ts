export type { Person } from "./telegram/person.ts";
export { FakeTelegram, type FakeTelegramOptions, type Group } from "./telegram/server.ts";
export type { ChatMessage, DrawnButton, Fault } from "./telegram/types.ts";
