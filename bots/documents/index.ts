import type { MakeDocument } from "../channel.ts";

/** Makes the printable forms that messages carry, as tagged PDF. */
export const makeDocument: MakeDocument = async (request) => {
  // What draws takes a while to load, and most who start or answer do without.
  const { drawForm } = await import("./form.ts");
  return { name: request.fileName, type: "application/pdf", bytes: await drawForm(request) };
};
