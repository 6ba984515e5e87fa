export { meteringPlugin } from './metering.plugin.ts';
