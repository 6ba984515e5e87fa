import type { DataCheck, DataCheckDef } from '@komplat/plugin-api';
import { Injectable } from '@nestjs/common';
import { METERING_PERMISSIONS as P } from '../../contract/permissions.ts';

const ACTS = `metering.distribution t join tariffs.pub_service_v1 v on v.id = t.service_id
  join lateral (select d.house_code from registry.pub_address_v1 d where d.house_id = t.house_id limit 1) h on true
  where t.state = 'signed' and t.period >= (platform.current_period() - interval '2 months')::date and $1::int[] is null`;
const HIT = `'house/' || h.house_code || '/' || v.code || '/' || to_char(t.period, 'YYYY-MM') as subject, null::int as account_id`;

/** The flats' meters show more than the house meter: the provider has to look (law.md 1.3). */
@Injectable()
export class HouseShortfallCheck implements DataCheck {
  readonly sql = `select ${HIT}, jsonb_build_object('house', h.house_code, 'volume', trim_scale(t.shortfall)::text) as params
    from ${ACTS} and t.shortfall > 0`;
}

/** House needs above the share of the rule: leaks or people who pay for nothing. */
@Injectable()
export class HouseNeedsCheck implements DataCheck {
  readonly sql = `select ${HIT}, jsonb_build_object('house', h.house_code, 'volume', trim_scale(t.house_needs)::text) as params
    from ${ACTS} and v.code <> 'HEAT' and t.house_needs > t.house_volume * metering.rule_value('house-needs-share', v.code, t.period)`;
}

export const houseChecks: readonly DataCheckDef[] = [
  {
    id: 'metering.house-shortfall',
    title: 'metering.check.house-shortfall',
    severity: 'warns',
    ownerPermission: P.change.id,
    provider: HouseShortfallCheck,
  },
  {
    id: 'metering.house-needs',
    title: 'metering.check.house-needs',
    severity: 'informs',
    ownerPermission: P.change.id,
    provider: HouseNeedsCheck,
  },
];
