export { loadSchemas } from "./whatsapp/schemas.ts";
export { FakeWhatsApp } from "./whatsapp/server.ts";
