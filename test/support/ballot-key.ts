import { generateKeyPairSync } from "node:crypto";

let made: { readonly publicKey: string; readonly privateKey: Buffer } | undefined;

/** The guarantors' key of every test in a file: SPKI in base64, and PKCS8. Made when it is first asked for. */
export function ballotKey(): NonNullable<typeof made> {
  if (made) return made;
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
  made = {
    publicKey: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    privateKey: privateKey.export({ type: "pkcs8", format: "der" }),
  };
  return made;
}
