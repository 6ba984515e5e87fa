/** Services measured in m³ and kWh: their volume has 3 decimals (law.md 1.7). */
const THREE = new Set(['CW', 'HW', 'SW', 'EL', 'ELN', 'GAS']);
/** Gcal: 6 decimals. */
const SIX = new Set(['HEAT']);

/** Decimals of the quantity of a service; null = an area or persons, which are not rounded. */
export const scaleOf = (service: string): number | null => (THREE.has(service) ? 3 : SIX.has(service) ? 6 : null);
