/**
 * Reads a mobile telephone as people write it, an Italian one unless it begins with another
 * country's prefix; in E.164. What carries the one-time codes is SMS, so landlines are none.
 *
 * The numbering plans of the world take some 150 ms to load: they are, when the first is read.
 */
export async function readMobile(text: string): Promise<string | undefined> {
  const { parsePhoneNumberFromString } = await plans();
  const number = parsePhoneNumberFromString(text, { defaultCountry: "IT", extract: false });
  return number?.isValid() ? number.number : undefined;
}

type Plans = typeof import("libphonenumber-js/mobile");
let loading: Promise<Plans> | undefined;
const plans = (): Promise<Plans> => (loading ??= import("libphonenumber-js/mobile"));
