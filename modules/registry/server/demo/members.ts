import { type DemoRandom, Weighted } from '@komplat/server';
import type { Sex } from './names.ts';

export interface Member {
  readonly sex: Sex;
  readonly age: number;
  readonly role: 'holder' | 'partner' | 'child' | 'parent' | 'relative';
}

/** Registered persons of an account in 2026 (profiles of the city, section 3). */
export const SIZES = new Weighted(
  [6, 30, 31, 19, 10, 3, 1].map((weight, size) => ({ weight, size })),
  (item) => item.weight,
);
const [FIRST_AGE, LAST_AGE, SPAN] = [25, 90, 5];
/**
 * Ages of holders in spans of five years from 25 on, by the size of the household: weights so that all residents together
 * give the pyramid of the city.
 */
const HOLDER_WEIGHTS: readonly (readonly number[])[] = [
  [13, 22, 39, 64, 41, 63, 107, 107, 156, 125, 135, 57, 50, 21],
  [41, 56, 88, 128, 66, 90, 142, 118, 125, 71, 48, 14, 9, 2],
  [47, 90, 152, 187, 106, 101, 101, 72, 67, 40, 23, 8, 4, 2],
  [45, 103, 152, 181, 118, 115, 94, 68, 60, 32, 19, 7, 3, 2],
];
const HOLDERS = HOLDER_WEIGHTS.map(
  (weights) =>
    new Weighted(
      weights.map((weight, index) => ({ weight, from: FIRST_AGE + index * SPAN })),
      (span) => span.weight,
    ),
);
/** Who lives alone is a woman more often. */
const [WOMEN, WOMEN_ALONE, OLD_WOMEN_ALONE, OLD] = [0.52, 0.59, 0.88, 68];
const [PARTNERS, OLDEST] = [0.62, 92];

export function holderAge(size: number, random: DemoRandom): number {
  const choice = HOLDERS[Math.min(size, HOLDERS.length) - 1];
  if (!choice) throw new RangeError(`no holders of a household of ${size}`);
  const { from } = random.draw(choice);
  return random.int(from, Math.min(LAST_AGE, from + SPAN - 1));
}

/** The holder first, then a partner, children, an elder parent, relatives. */
export function drawMembers(size: number, random: DemoRandom, age = holderAge(size, random)): Member[] {
  const women = size > 1 ? WOMEN : age >= OLD ? OLD_WOMEN_ALONE : WOMEN_ALONE;
  const sex: Sex = random.chance(women) ? 'f' : 'm';
  const members: Member[] = [{ sex, age, role: 'holder' }];
  if (size >= 2 && random.chance(PARTNERS)) {
    const older = Math.round(2 + 3 * random.normal());
    const other = sex === 'f' ? age + older : age - older;
    members.push({ sex: sex === 'f' ? 'm' : 'f', age: Math.min(OLDEST, Math.max(20, other)), role: 'partner' });
  }
  const mother = members.find((member) => member.sex === 'f')?.age ?? age - 2;
  while (members.length < size) members.push(drawRelative(age, mother, random));
  return members;
}

function drawRelative(holder: number, mother: number, random: DemoRandom): Member {
  const sex: Sex = random.chance(0.5) ? 'f' : 'm';
  const child = mother - random.int(19, 40);
  if (child >= 0 && (child < 18 || random.chance(child < 30 ? 0.75 : 0.35))) return { sex, age: child, role: 'child' };
  const parent = holder + random.int(20, 32);
  if (parent <= OLDEST && random.chance(0.5)) return { sex: random.chance(0.75) ? 'f' : 'm', age: parent, role: 'parent' };
  return { sex, age: random.int(18, 75), role: 'relative' };
}
