const ACCOUNT = /^\d{10}$/;

/** Luhn check digit of nine digits: from the right every second digit doubled, 9 taken off above 9. */
export function luhnDigit(nine: string): number {
  let sum = 0;
  for (let index = 0; index < nine.length; index += 1) {
    const digit = Number(nine[nine.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}

/** Number of a personal account: district (2), running number (7), check digit (1). */
export function makeAccountNumber(district: number, running: number): string {
  const nine = String(district).padStart(2, '0') + String(running).padStart(7, '0');
  return nine + String(luhnDigit(nine));
}

/** Ten digits with a right check digit; spaces are ignored. */
export function isAccountNumber(text: string): boolean {
  const digits = text.replaceAll(/\s/g, '');
  return ACCOUNT.test(digits) && luhnDigit(digits.slice(0, 9)) === Number(digits[9]);
}

/** `0421057316` is shown as `0421 0573 16`. */
export const formatAccount = (number: string): string =>
  `${number.slice(0, 4)} ${number.slice(4, 8)} ${number.slice(8)}`;
