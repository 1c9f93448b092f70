import {
  MAX_FILE_BYTES,
  StartFileImportSchema,
  type FileFault,
  type ImportKindName,
} from '#protocol/imports.ts'
import { MAX_BODY_BYTES } from '#protocol/names.ts'
import { Refusal } from '../../core/errors.ts'
import type { Answer, Call } from '../../core/http.ts'
import { readJsonBody } from '../../core/json-body.ts'
import type { Router } from '../../core/router.ts'
import type { SecretKeyCall, SecretKeyGuard } from '../../core/secret-key-guard.ts'
import { wellFormed } from '../../core/well-formed.ts'
import type { DescribedImports } from './descriptions.ts'
import type { FileImports } from './file-imports.ts'

interface ImportRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly imports: FileImports
}

interface ImportRoutesOf {
  readonly kind: ImportKindName
  /** Like `/api/v1/product-imports`. */
  readonly path: string
  readonly scopes: { readonly read: string; readonly write: string }
  /** Without `undo` there is no such route: what those files bring stays. */
  readonly told: DescribedImports
}

type Route = (request: SecretKeyCall) => Promise<Answer>

const PAGE = 20

/** The management API of one kind of imports: upload, look, start, follow, undo, download what was wrong. */
export function addImportRoutes(
  router: Router,
  { secretKey, imports }: ImportRoutesDeps,
  { kind, path, scopes, told }: ImportRoutesOf,
): void {
  const read = secretKey(scopes.read)
  const write = secretKey(scopes.write)
  const ofOne = `${path}/:importId`
  router.get(path, read, list(imports, kind), told.list)
  router.post(path, write, upload(imports, kind), told.upload)
  router.get(ofOne, read, find(imports, kind), told.read)
  router.post(`${ofOne}/start`, write, start(imports, kind), told.start)
  if (told.undo !== undefined) {
    router.post(`${ofOne}/undo`, write, undo(imports, kind), told.undo)
  }
  router.get(`${ofOne}/faults`, read, downloadFaults(imports, kind), told.faults)
}

function list(imports: FileImports, kind: ImportKindName): Route {
  return async ({ call, shop }) => {
    const cursor = wellFormed(call.query('cursor') ?? '') || undefined
    return { json: await imports.list(shop.id, kind, { cursor, limit: PAGE }) }
  }
}

function find(imports: FileImports, kind: ImportKindName): Route {
  return async ({ call, shop }) => ({ json: await imports.find(shop.id, kind, idOf(call)) })
}

function start(imports: FileImports, kind: ImportKindName): Route {
  return async ({ call, shop, by }) => {
    const { mapping } = await readJsonBody(call, StartFileImportSchema, MAX_BODY_BYTES)
    return { json: await imports.start(shop.id, kind, idOf(call), { mapping, by }) }
  }
}

function undo(imports: FileImports, kind: ImportKindName): Route {
  return async ({ call, shop, by }) => ({
    json: await imports.undo(shop.id, kind, idOf(call), by),
  })
}

/** `POST` with the file as the body, CSV or an object of JSON a line → what it looks like. */
function upload(imports: FileImports, kind: ImportKindName): Route {
  return async ({ call, shop }) => {
    if (Number(call.header('content-length') ?? 0) > MAX_FILE_BYTES) {
      throw new Refusal('too_large', `A file has at most ${MAX_FILE_BYTES} bytes: split it`)
    }
    const pieces = call.streamBody(MAX_FILE_BYTES)
    return { status: 201, json: await imports.upload(shop.id, kind, pieces) }
  }
}

/** `GET …/faults` → a CSV file with a line for each line that was left out. */
function downloadFaults(imports: FileImports, kind: ImportKindName): Route {
  return async ({ call, shop }) => {
    const faults = await imports.faults(shop.id, kind, idOf(call))
    return {
      body: csvOf(faults),
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="import-faults.csv"',
      },
    }
  }
}

function csvOf(faults: readonly FileFault[]): string {
  const lines = faults.map(({ line, fault, detail }) => `${line},${fault},${cell(detail)}`)
  return ['line,fault,detail', ...lines, ''].join('\r\n')
}

/** What stood in a file may begin as formulas do; spreadsheets run them. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

function idOf(call: Call): string {
  const id = call.param('importId') ?? ''
  if (!/^[\w-]{22}$/.test(id)) throw new Refusal('not_found', 'There is no such import')
  return id
}
