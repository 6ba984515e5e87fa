import { assert } from '@komplat/kernel';
import { type CityRow, cityTable } from '@komplat/server';

/** A house of the city: a row of `houses.csv`, in further districts a copy of it. */
export interface HousePlan {
  readonly id: number;
  readonly code: string;
  readonly row: CityRow;
  readonly copy: number;
  readonly streetCode: string;
  readonly district: number;
  readonly postcode: string;
  readonly firstAccount: number;
  /** The last house of the city is cut. */
  readonly accounts: number;
}
export interface StreetPlan {
  readonly id: number;
  readonly code: string;
  readonly row: CityRow;
  readonly copy: number;
  readonly district: number;
}
export interface CityPlan {
  readonly streets: readonly StreetPlan[];
  readonly houses: readonly HousePlan[];
}

const DISTRICTS = 6;
const copied = (code: string, copy: number): string => (copy === 0 ? code : `${code}-${copy + 1}`);

function districtNumbers(): ReadonlyMap<string, number> {
  const rows = cityTable('city').filter((row) => row.text('key').startsWith('postcode_'));
  return new Map(rows.map((row) => [row.text('key').slice('postcode_'.length), Number(row.text('value').slice(-2))]));
}

/** Houses for exactly `accounts` accounts: the small demonstration first, then the list, then further districts. */
export function planCity(accounts: number): CityPlan {
  assert(Number.isInteger(accounts) && accounts > 0, 'a city has at least one account');
  const rows = cityTable('houses');
  const ordered = [...rows.filter((row) => row.yes('small_demo')), ...rows.filter((row) => !row.yes('small_demo'))];
  const numbers = districtNumbers();
  const streetRows = cityTable('streets');
  const streets: StreetPlan[] = [];
  const streetByCode = new Map<string, StreetPlan>();
  const addStreets = (copy: number): void => {
    for (const row of streetRows) {
      const district = (numbers.get(row.text('district')) ?? 0) + DISTRICTS * copy;
      const street = { id: streets.length + 1, code: copied(row.text('street_id'), copy), row, copy, district };
      streets.push(street);
      streetByCode.set(street.code, street);
    }
  };
  const houses: HousePlan[] = [];
  for (let copy = 0, next = 1; next <= accounts; copy += 1) {
    addStreets(copy);
    for (const row of ordered) {
      if (next > accounts) break;
      const street = streetByCode.get(copied(row.text('street_id'), copy));
      assert(street, `house ${row.text('house_id')} stands in an unknown street`);
      const count = Math.min(row.number('flats'), accounts - next + 1);
      houses.push({
        id: houses.length + 1,
        code: copied(row.text('house_id'), copy),
        row,
        copy,
        streetCode: street.code,
        district: street.district,
        postcode: `061${String(street.district).padStart(2, '0')}`,
        firstAccount: next,
        accounts: count,
      });
      next += count;
    }
  }
  return { streets, houses };
}
