import type { DemoRandom } from '@komplat/server';
import { Weighted } from '@komplat/server';
import type { HousePlan } from './plan.ts';

export interface FlatPlan {
  readonly number: string;
  readonly kind: 'flat' | 'room' | 'house';
  readonly floor: number | null;
  readonly rooms: number;
  /** Hundredths of a square metre. */
  readonly area: number;
  readonly heatedArea: number;
  readonly dwellingType: string;
}

interface Shape {
  readonly shares: readonly number[];
  readonly means: readonly number[];
}
/** Share and mean area by number of rooms. */
const SHAPES: Readonly<Record<string, Shape>> = {
  apartment_2: { shares: [25, 50, 25], means: [31, 43, 56] },
  apartment_4: { shares: [15, 45, 32, 8], means: [38, 56, 74, 92] },
  apartment_5: { shares: [22, 48, 28, 2], means: [31, 44, 58, 70] },
  apartment_9: { shares: [24, 42, 28, 6], means: [36, 52, 67, 82] },
  apartment_16: { shares: [34, 38, 24, 4], means: [43, 62, 82, 105] },
  dormitory: { shares: [92, 8], means: [18, 27] },
  private: { shares: [6, 26, 40, 28], means: [34, 56, 78, 118] },
};
const TENURES = new Weighted(
  [
    { type: 'privatised', weight: 89 },
    { type: 'state', weight: 6 },
    { type: 'cooperative', weight: 4 },
    { type: 'service', weight: 1 },
  ],
  (tenure) => tenure.weight,
);
const HEATED = 0.97;

/** All flats of a house: their areas add up to the area of the house. */
export function planFlats(house: HousePlan, random: DemoRandom): FlatPlan[] {
  const kind = house.row.text('kind');
  const shape = SHAPES[kind] ?? { shares: [1], means: [50] };
  const count = house.row.number('flats');
  const choice = new Weighted(
    shape.shares.map((share, index) => ({ share, rooms: index + 1 })),
    (item) => item.share,
  );
  const drawn = Array.from({ length: count }, () => {
    const { rooms } = random.draw(choice);
    return { rooms, area: (shape.means[rooms - 1] ?? 50) * random.range(0.92, 1.08) };
  });
  const wanted = Math.round(house.row.number('flats_area_m2') * 100);
  const sum = drawn.reduce((total, flat) => total + flat.area, 0);
  const areas = drawn.map((flat) => Math.round((flat.area * wanted) / sum));
  const rest = wanted - areas.reduce((total, area) => total + area, 0);
  areas[count - 1] = (areas[count - 1] ?? 0) + rest;
  const central = house.row.text('heating') === 'central';
  return drawn.map((flat, index) => {
    const area = areas[index] ?? 0;
    return {
      number: String(index + 1),
      kind: kind === 'private' && count === 1 ? 'house' : kind === 'dormitory' ? 'room' : 'flat',
      floor: kind === 'private' ? null : floorOf(house, index),
      rooms: flat.rooms,
      area,
      heatedArea: central ? Math.round(area * HEATED) : 0,
      dwellingType: kind === 'private' ? 'private' : random.draw(TENURES).type,
    };
  });
}

function floorOf(house: HousePlan, index: number): number {
  const [floors, entrances] = [house.row.number('floors'), house.row.number('entrances')];
  const perEntrance = Math.ceil(house.row.number('flats') / entrances);
  const perFloor = Math.ceil(perEntrance / floors);
  return Math.floor((index % perEntrance) / perFloor) + 1;
}
