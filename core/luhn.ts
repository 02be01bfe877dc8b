/**
 * The check of Luhn (ISO/IEC 7812-1, annex B), which cards and provisional codici fiscali end with: from
 * the right, every second digit counts double, its own digits added up, and the sum ends with zero.
 */
export function isLuhn(digits: string): boolean {
  const sum = [...digits]
    .reverse()
    .map((digit, index) => Number(digit) * (1 + (index % 2)))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return sum % 10 === 0;
}
