export { base64Url, isIban, qrCode, referenceOf } from './qr.ts';
