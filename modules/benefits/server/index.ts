export { benefitsPlugin } from './benefits.plugin.ts';
