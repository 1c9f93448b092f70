import { FeedAnswerSchema, FeedFetchSchema, FeedSchema } from '#protocol/feeds.ts'
import type { RouteDescription } from '../../core/api/description.ts'
import { idOf, pageOf } from '../../core/api/fields.ts'

const topic = 'Products'
const params = { feedId: idOf('a feed') }
const ofExample = { params: { feedId: '$FEED_ID' } }
const draft = {
  url: 'https://shop.example/products.xml',
  schedule: 'daily',
  at: '04:30',
  hidesMissing: true,
  // Nothing is fetched from the example.
  isOn: false,
}

export const describedFeeds = {
  list: {
    name: 'listFeeds',
    topic,
    summary: 'Files of products that are fetched from an address, with what the last run did',
    answer: { status: 200, schema: pageOf(FeedAnswerSchema) },
    example: {},
  },
  create: {
    name: 'createFeed',
    topic,
    summary: 'Fetches a file of products from an address, now and on a schedule',
    text: 'Google Merchant XML (RSS or Atom) or CSV, zipped or not, at most 128 MB. It is read as an uploaded file is: “importId” names the import with its progress, its faults and its undoing. A file that has not changed costs nothing. With “hidesMissing”, products that it told of before and tells of no more become hidden, never when it has shrunk by more than half. An address in a private network is refused.',
    body: { schema: FeedSchema },
    answer: { status: 201, schema: FeedAnswerSchema },
    refusals: ['conflict'],
    example: { body: draft, gives: { FEED_ID: 'id' } },
  },
  read: {
    name: 'readFeed',
    topic,
    summary: 'One feed, with what its last run did',
    params,
    answer: { status: 200, schema: FeedAnswerSchema },
    example: ofExample,
  },
  replace: {
    name: 'replaceFeed',
    topic,
    summary: 'Replaces address and schedule of a feed',
    params,
    body: { schema: FeedSchema },
    answer: { status: 200, schema: FeedAnswerSchema },
    example: { ...ofExample, body: draft },
  },
  remove: {
    name: 'deleteFeed',
    topic,
    summary: 'Fetches it no more; the products that it brought stay',
    text: 'For a day it can be taken back.',
    params,
    answer: { status: 204 },
    example: ofExample,
  },
  restore: {
    name: 'restoreFeed',
    topic,
    summary: 'Takes the removal of a feed back, for a day; what was due meanwhile is fetched',
    params,
    answer: { status: 200, schema: FeedAnswerSchema },
    refusals: ['conflict'],
    example: ofExample,
  },
  fetchNow: {
    name: 'fetchFeed',
    topic,
    summary: 'Fetches a feed at once, after the answer',
    text: 'With “acceptsShrinking”, products that are missing may be hidden this once, however many.',
    params,
    body: { schema: FeedFetchSchema },
    answer: { status: 200, schema: FeedAnswerSchema },
    refusals: ['conflict'],
    example: { ...ofExample, body: { acceptsShrinking: false }, isShownOnly: true },
  },
} as const satisfies Record<string, RouteDescription>
