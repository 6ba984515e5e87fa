export { foldName, likePattern } from './name-search.ts';
