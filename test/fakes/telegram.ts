export { FakeTelegram } from "./telegram/server.ts";
export type { ChatMessage } from "./telegram/types.ts";
