import type { VoterPerson } from "./voters.ts";

/** Where somebody on the roll is told something: by e-mail where that goes, else by SMS. */
export function reach({ email, phone }: Pick<VoterPerson, "email" | "phone">, channels: readonly string[]) {
  if (email !== undefined && channels.includes("mail")) return { channel: "mail", address: email } as const;
  if (phone !== undefined && channels.includes("sms")) return { channel: "sms", address: phone } as const;
  return undefined;
}
