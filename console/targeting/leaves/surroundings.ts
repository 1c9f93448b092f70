import type { LeafOf, WEEKDAYS } from '#protocol/leaf.ts'
import type { MessageKey } from '../../messages/en.ts'
import { choice, many, type OptionalSlot, type Slots, type Suggested } from '../slots.ts'

const PLACES = { country: 'place.country', region: 'place.region', city: 'place.city' } as const
const PLACE_VALUES: Record<LeafOf<'place'>['field'], Suggested> = {
  country: 'countries',
  region: 'regions',
  city: 'cities',
}
const DEVICE_FIELDS = {
  class: 'device_field.class',
  browser: 'device_field.browser',
  os: 'device_field.os',
  language: 'device_field.language',
  locale: 'device_field.locale',
} as const satisfies Record<LeafOf<'device'>['field'], MessageKey>
const DEVICE_VALUES: Record<LeafOf<'device'>['field'], Suggested> = {
  class: 'deviceClasses',
  browser: 'browsers',
  os: 'systems',
  language: 'languages',
  locale: 'locales',
}
const ZONES = { shop: 'zone.shop', visitor: 'zone.visitor' } as const
const WEEKDAY_TEXTS = {
  mon: 'weekday.mon',
  tue: 'weekday.tue',
  wed: 'weekday.wed',
  thu: 'weekday.thu',
  fri: 'weekday.fri',
  sat: 'weekday.sat',
  sun: 'weekday.sun',
} as const satisfies Record<(typeof WEEKDAYS)[number], MessageKey>
const SKY = { sky: 'weather.sky', celsius: 'weather.celsius' } as const

export function placeSlots(leaf: LeafOf<'place'>): Slots {
  return {
    field: choice(PLACES, leaf.field, (field) => ({ ...leaf, field })),
    test: {
      type: 'text',
      value: leaf.test,
      suggested: PLACE_VALUES[leaf.field],
      write: (test) => ({ ...leaf, test }),
    },
  }
}

export function deviceSlots(leaf: LeafOf<'device'>): Slots {
  return {
    field: choice(DEVICE_FIELDS, leaf.field, (field) => ({ ...leaf, field })),
    test: {
      type: 'text',
      value: leaf.test,
      suggested: DEVICE_VALUES[leaf.field],
      write: (test) => ({ ...leaf, test }),
    },
  }
}

export function dateSlots(leaf: LeafOf<'date'>): Slots {
  const { from, to } = leaf
  return {
    from: wallDate('lead.from', from, {
      write: (wall) => ({ ...leaf, from: wall }),
      isOnly: to === undefined,
    }),
    to: wallDate('lead.to', to, {
      write: (wall) => ({ ...leaf, to: wall }),
      isOnly: from === undefined,
    }),
    zone: choice(ZONES, leaf.zone, (zone) => ({ ...leaf, zone })),
  }
}

/** One end; `isOnly`: there is no other. */
function wallDate(
  lead: MessageKey,
  value: string | undefined,
  end: {
    readonly write: (wall: string | undefined) => LeafOf<'date'>
    readonly isOnly: boolean
  },
): OptionalSlot {
  const { write, isOnly } = end
  return {
    type: 'optional',
    lead,
    inner: value === undefined ? undefined : { type: 'wall', kind: 'date', value, write },
    add: () => write(''),
    remove: isOnly ? undefined : () => write(undefined),
  }
}

export function weekdaySlots(leaf: LeafOf<'weekday'>): Slots {
  return {
    days: many(WEEKDAY_TEXTS, leaf.days, (days) => ({ ...leaf, days })),
    zone: choice(ZONES, leaf.zone, (zone) => ({ ...leaf, zone })),
  }
}

export function hourSlots(leaf: LeafOf<'hour'>): Slots {
  return {
    from: {
      type: 'wall',
      kind: 'time',
      value: leaf.from,
      write: (from) => ({ ...leaf, from }),
    },
    to: { type: 'wall', kind: 'time', value: leaf.to, write: (to) => ({ ...leaf, to }) },
    zone: choice(ZONES, leaf.zone, (zone) => ({ ...leaf, zone })),
  }
}

export function weatherSlots(leaf: LeafOf<'weather'>): Slots {
  return {
    field: choice(SKY, leaf.field, (field) => ({ ...leaf, field })),
    test: {
      type: 'value',
      value: leaf.test,
      isText: leaf.field === 'sky',
      write: (test) => ({ ...leaf, test }),
    },
  }
}
