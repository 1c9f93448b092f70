const TONES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.12 },
] as const
const SECONDS = 0.25
const LOUDNESS = 0.08

/** Two soft tones. A browser that has seen no gesture on this page yet plays nothing. */
export function createChime(): () => void {
  let context: AudioContext | undefined
  return () => {
    if (navigator.userActivation?.hasBeenActive === false) return
    context ??= new AudioContext()
    for (const { hertz, at } of TONES) tone(context, hertz, context.currentTime + at)
  }
}

function tone(context: AudioContext, hertz: number, from: number): void {
  const oscillator = new OscillatorNode(context, { frequency: hertz })
  const loudness = new GainNode(context, { gain: LOUDNESS })
  loudness.gain.setValueAtTime(LOUDNESS, from)
  loudness.gain.exponentialRampToValueAtTime(0.001, from + SECONDS)
  oscillator.connect(loudness).connect(context.destination)
  oscillator.start(from)
  oscillator.stop(from + SECONDS)
}
