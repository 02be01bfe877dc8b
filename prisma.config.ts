import { defineConfig } from "prisma/config";

// Not Prisma's env("DATABASE_URL"), which throws where it is unset: generating needs no database.
const { DATABASE_URL: url } = process.env;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(url === undefined ? {} : { datasource: { url } }),
});
