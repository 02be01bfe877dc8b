export { FakeTelegram } from "./telegram/server.ts";
