export { passportOfficePlugin } from './passport-office.plugin.ts';
