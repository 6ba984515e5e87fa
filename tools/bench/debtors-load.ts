/**
 * Debts for the bench of debtors: $1 = accounts, $2 = the longest debt in months. Six accounts of ten owe; one month to the longest, some of the nine services, a few of them
 * months of 2018 and 2019. Payments of the last year by the others and by half of the debtors.
 */
export const LOAD_DEBTS: readonly string[] = [
  `delete from billing.open_item where $1::int + $2::int > 0`,
  `insert into billing.open_item (account_id, debt_month, service_id, provider_id, due_on, due_kop, outstanding_kop)
     select g, d.month, s, 1 + (s - 1) / 3, (d.month + interval '1 month')::date + 19, 10000 + (g * 31 + s * 7 + k) % 90000, 10000 + (g * 31 + s * 7 + k) % 90000
     from generate_series(1, $1::int) g, generate_series(0, 23) k,
       lateral (select (date '2026-10-01' - make_interval(months => case when g % 17 = 3 then k + 84 else k end))::date as month) d, generate_series(1, 9) s
     where g % 10 < 6 and k < $2::int and k < 1 + (g * 7919) % 24 * ((g * 7919) % 24) / 24 and (g + s + k) % 3 <> 0
     order by 1, 2, 3`,
  `insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, reason, recorded_by)
     select g, 50, 50, 2, (array['privatised', 'state', 'service'])[1 + g % 3], '[1997-01-01,)', 'load', 'bench' from generate_series(1, $1::int) g where $2::int > 0`,
  `insert into registry.residence (premises_id, person_id, kind, valid, reason, recorded_by)
     select g, ('00000000-0000-7000-8000-' || lpad(g::text, 12, '0'))::uuid, 'registered', '[1997-01-01,)', 'load', 'bench'
     from generate_series(1, $1::int) g where g % 12 <> 0 and $2::int > 0`,
];
