// Loaded before a program (node --import): kills it before its KILL_BEFORE-th change of files.
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const killBefore = Number(process.env.KILL_BEFORE)
let count = 0

for (const name of /** @type {const} */ ([
  'link',
  'mkdir',
  'rename',
  'rm',
  'writeFile',
  'lchown',
])) {
  const original = fs[name]
  Reflect.set(fs, name, (/** @type {unknown[]} */ ...args) => {
    count += 1
    if (count === killBefore) process.kill(process.pid, 'SIGKILL')
    return Reflect.apply(original, fs, args)
  })
}
syncBuiltinESMExports()
