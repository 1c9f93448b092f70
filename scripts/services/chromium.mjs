// Which Chromium the browser tests drive.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from '../root.mjs'
import { watched } from '../setup/watched.mjs'
import { aptInstall } from './apt.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** An executable: what CHROME_PATH names, an installed one, or Playwright's own; undefined when there is none. */
export async function findChromium() {
  const named = process.env.CHROME_PATH
  if (named) return existsSync(named) ? named : undefined
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin']
  const installed = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...installed, ...ELSEWHERE, await playwrights()].find((file) => existsSync(file))
}

async function playwrights() {
  const { chromium } = await import('playwright-core')
  return chromium.executablePath()
}

/** Likewise, but installs one where there is none: the system's when root, else Playwright's own. */
export async function findOrInstallChromium() {
  const found = await findChromium()
  if (found !== undefined || process.env.CHROME_PATH) return found
  if (await aptInstall('Installing Chromium', ['chromium'])) return findChromium()
  await watched({
    says: 'Downloading Chromium',
    command: process.execPath,
    args: [join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'],
  })
  return findChromium()
}
