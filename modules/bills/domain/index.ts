export { differenceOf, type Difference, type DifferencePart } from './difference.ts';
export { grossKop, isReceived, monthKop, type BillFacts, type LineFacts, type MonthBefore, type Say } from './facts.ts';
export { makeBill, monthWords, type Issue } from './make-bill.ts';
export { billNumber, CODE_LENGTH, codeOf, readCode, showCode } from './number.ts';
export { base64Url, isIban, qrCode, referenceOf } from './qr.ts';
export {
  dayText, decimalText, hyphenated, moneyText, priceText, quantityDigits, shortName, shortUnit, signedMoneyText, withApostrophe,
} from './text.ts';
