/** Permissions of metering; defined once, used by guards, menus and tests. */
export const METERING_PERMISSIONS = {
  read: { id: 'metering.read', title: 'metering.permission.read', scope: 'district' },
  readingEnter: { id: 'metering.reading.enter', title: 'metering.permission.reading.enter', scope: 'district' },
  change: { id: 'metering.change', title: 'metering.permission.change', scope: 'district' },
  approve: { id: 'metering.approve', title: 'metering.permission.approve', scope: 'all' },
} as const;
