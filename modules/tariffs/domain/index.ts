export { charge, type Charge, type ChargeInput, type ChargeMethod, type Tier } from './charge.ts';
