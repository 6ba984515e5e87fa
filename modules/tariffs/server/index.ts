export { tariffsPlugin } from './tariffs.plugin.ts';
