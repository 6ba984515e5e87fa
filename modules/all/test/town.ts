/** Rows of a small town that worlds of tests build on: management (P08) and heat (P02), a cash desk. */
export const TOWN: readonly string[] = [
  `insert into tariffs.service (id, code, name, name_en, unit, quantity_scale, charge_base, kind, pay_order, exchange_id, valid)
   values (1, 'MNT', 'Управління будинком', 'Management', 'м²', 2, 'area', 'housing', 1, '1', '[1997-01-01,)'),
     (2, 'HEAT', 'Опалення', 'Heating', 'м²', 2, 'area', 'utility', 2, '2', '[1997-01-01,)')`,
  `insert into tariffs.provider (id, code, name, short_name, kind, edrpou, mfo, iban, active)
   values (2, 'P02', 'Теплокомуненерго', 'ТКЕ', 'enterprise', '71120587', '300465', 'UA38', '[1997-01-01,)'),
     (8, 'P08', 'ЖЕО № 1', 'ЖЕО', 'enterprise', '71208193', '305299', 'UA10', '[1997-01-01,)')`,
  `insert into payments.channel (id, code, name, kind, settlement_delay_days, commission_percent, commission_min_kop, commission_payer,
     has_transaction_ids, valid) values (1, 'CASH', 'Каса', 'own desk', 0, 0, 0, '-', false, '[1997-01-01,)')`,
];

/** Holders and supplies of as many flats as `$1` says. */
export const TOWN_FLATS: readonly string[] = [
  `insert into registry.person (id, surname, given_name, patronymic, sex)
   select ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'Коваленко', 'Ірина', 'Петрівна', 'f' from generate_series(1, $1::int) i`,
  `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, valid, reason, recorded_by)
   select i, s, p, 'area', 'v', '[2000-01-01,)', 'test', 'test' from generate_series(1, $1::int) i, (values (1, 8), (2, 2)) v(s, p)`,
];
