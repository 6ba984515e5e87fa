/** Permissions of metering; defined once, used by guards, menus and tests. */
export const METERING_PERMISSIONS = {
  readingEnter: { id: 'metering.reading.enter', title: 'metering.permission.reading.enter', scope: 'district' },
} as const;
