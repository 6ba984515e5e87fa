export { closeLane } from './close-lane.ts';
export { monthClose } from './month-close.ts';
