import { fill, find, inGroups } from "./dom.js";

/** @import { Answer, Sealed, Settings } from "./types.d.ts" */

/**
 * Shows the receipt, and lets it be taken along.
 *
 * @param {Settings} settings
 * @param {Extract<Answer, { receipt: object }>} answer
 * @param {Sealed} sealed
 */
export function showReceipt({ words }, { receipt, digits }, { checkCode }) {
  const said = find("#said", HTMLElement);
  const file = fill(words["file"], { id: inGroups(receipt.id), signature: receipt.signature });
  write("#receipt-id", inGroups(receipt.id));
  write("#receipt-signature", receipt.signature);
  write("#check-code", inGroups(checkCode));
  write("#digits", digits?.replace(/(?=...$)/, " ") ?? "");
  for (const tie of document.querySelectorAll("#tie")) tie.toggleAttribute("hidden", digits === undefined);

  /** @param {string} text */
  const copy = async (text) => {
    const copied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    said.textContent = (copied ? words["copied"] : words["not_copied"]) ?? "";
  };
  press("#download", () => saveText("ricevuta.txt", file));
  press("#copy", () => copy(file));
  press("#print", () => print());
  press("#copy-digits", () => copy(digits ?? ""));
}

/** Leaves nothing of the receipt. */
export function clearReceipt() {
  for (const part of ["#receipt-id", "#receipt-signature", "#check-code", "#digits"]) write(part, "");
}

/**
 * @param {string} part which is there where the edition or the session asks for it
 * @param {string} text
 */
function write(part, text) {
  for (const element of document.querySelectorAll(part)) element.textContent = text;
}

/**
 * @param {string} button
 * @param {() => unknown} does
 */
function press(button, does) {
  for (const element of document.querySelectorAll(button)) element.addEventListener("click", does);
}

/**
 * Hands over a file that is made here and goes through no server.
 *
 * @param {string} name
 * @param {string} text
 */
function saveText(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  // Some browsers read it only a while after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
