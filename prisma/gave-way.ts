import { Prisma } from "./generated/client.ts";

/** Whether Prisma says that the transaction gave way to another, or met a row that is there already. */
export function gaveWay(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    (error.code === "P2034" || error.code === "P2002" || isDeadlock(error))
  );
}

/** A raw statement that PostgreSQL undid: "Raw query failed", with the server's own code inside. */
function isDeadlock({ code, message }: Prisma.PrismaClientKnownRequestError): boolean {
  return code === "P2010" && /\b(40P01|40001)\b/.test(message);
}
