import { z } from 'zod'
import {
  CONNECTION_KINDS,
  PRODUCT_SOURCES,
  ProductSchema,
  type ConnectionAnswer,
  type ProductAnswer,
  type ProductResult,
} from './catalog.ts'

export const ProductAnswerSchema = z
  .object({
    id: z.string(),
    ...ProductSchema.shape,
    /** Who told of it last. */
    source: z.enum(PRODUCT_SOURCES),
    createdAt: z.int(),
    updatedAt: z.int(),
  })
  .meta({ id: 'Product' }) satisfies z.ZodType<ProductAnswer>

const ProductResultSchema = z
  .union([
    z.object({ id: z.string(), result: z.enum(['created', 'changed', 'unchanged']) }),
    z.object({
      id: z.string().nullable(),
      result: z.literal('refused'),
      /** For people. */
      fault: z.string(),
    }),
  ])
  .meta({ id: 'ProductResult' }) satisfies z.ZodType<ProductResult>

export const ProductResultsSchema = z.object({ results: z.array(ProductResultSchema) })

export const ConnectionAnswerSchema = z
  .object({
    kind: z.enum(CONNECTION_KINDS),
    name: z.string(),
    /** It was heard of in the last day. */
    isLive: z.boolean(),
    /** Null: never yet. */
    lastHeardAt: z.int().nullable(),
    /** What is sold out is neither offered nor recommended. */
    usesStock: z.boolean(),
    /** Where the shop sends its webhooks; only of that kind. */
    hookPath: z.string().exactOptional(),
    createdAt: z.int(),
  })
  .meta({ id: 'CatalogConnection' }) satisfies z.ZodType<ConnectionAnswer>
