export { ROLE_PERMISSIONS } from './roles.ts';
export { understand, type TokenKind } from './tokens.ts';
