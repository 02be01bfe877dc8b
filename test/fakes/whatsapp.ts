export { FakeWhatsApp } from "./whatsapp/server.ts";
