export { TARIFFS_PERMISSIONS } from './permissions.ts';
