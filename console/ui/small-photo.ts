/** A photo's side as it is kept: sharp at 64 px on any screen, and some 20 kB. */
const SIDE = 256

/**
 * The middle of a picture as a small square JPEG, without what the camera wrote beside it (place, device); undefined
 * where it is no picture that this browser can read.
 */
export async function smallPhoto(picture: Blob): Promise<Blob | undefined> {
  const bitmap = await bitmapOf(picture)
  if (bitmap === undefined) return undefined
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const side = Math.min(bitmap.width, bitmap.height)
  const left = (bitmap.width - side) / 2
  const top = (bitmap.height - side) / 2
  const context = canvas.getContext('2d')
  if (context === null) return undefined
  // JPEG knows no transparency: without this it would be black.
  context.fillStyle = 'white'
  context.fillRect(0, 0, SIDE, SIDE)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, left, top, side, side, 0, 0, SIDE, SIDE)
  bitmap.close()
  return new Promise((resolve) =>
    canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', 0.9),
  )
}

async function bitmapOf(picture: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(picture)
  } catch {
    // Not a picture, or one of a kind that this browser does not read: the caller says so.
    return undefined
  }
}
