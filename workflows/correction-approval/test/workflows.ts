export { correctionApproval as 'registry.correction-approval' } from '../src/index.ts';
