export { legalPlugin } from './legal.plugin.ts';
