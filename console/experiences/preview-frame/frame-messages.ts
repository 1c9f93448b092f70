import type { Shown } from './popup-stage.ts'

/** From the frame: it can draw now. */
export const FRAME_READY = 'gp:preview-ready'

/** To the frame: what is to be seen in it. */
export interface FrameShown extends Shown {
  readonly isDark: boolean
}
