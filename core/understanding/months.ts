/** How the months are called, in order: whole, shortened, and as they are often misspelt. */
const months = [
  // In Arabic as it is written in the Maghreb, in Egypt and in the Gulf; without its marks, as it is read.
  "gennaio genaio gen genn january jan ianuarie janar يناير جانفي",
  "febbraio febraio feb febb february februarie shkurt فبراير فيفري",
  "marzo mar march martie mars مارس",
  "aprile apr april aprilie prill ابريل افريل",
  "maggio mag may mai maj مايو ماي",
  "giugno giu june jun iunie qershor يونيو يونيه جوان",
  "luglio lug july jul iulie korrik يوليو يوليه يوليوز جويلية",
  "agosto ago august aug gusht اغسطس غشت اوت",
  "settembre setembre set sett september sep sept septembrie shtator سبتمبر شتنبر",
  "ottobre otobre ott october oct octombrie tetor اكتوبر",
  "novembre novenbre nov november noiembrie nentor نوفمبر نونبر",
  "dicembre dicenbre dic december dec decembrie dhjetor ديسمبر دجنبر",
] as const;

const numbers = new Map(
  months.flatMap((names, at) => names.split(" ").map((name) => [name, at + 1] as const)),
);

/** The month, 1 to 12, that a word in lower case without accents names whole or shortened. */
export const readMonth = (word: string | undefined): number | undefined =>
  word === undefined ? undefined : numbers.get(word);

/** Whether a word names a month only after a day: "3 mai" is Romanian, and "mai 3" is Italian for never. */
export const needsDay = (word: string | undefined): boolean => word === "mai";
