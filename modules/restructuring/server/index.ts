export { restructuringPlugin } from './restructuring.plugin.ts';
