/** The pen of a new canvas that has `ratio` pixels to one of CSS, which are its unit. */
export function canvasPen(width: number, height: number, ratio: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = ratio * width;
  canvas.height = ratio * height;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser gives no canvas to write the picture on.');
  pen.scale(ratio, ratio);
  return pen;
}

/** Draws the text of an SVG on a canvas of its own, at `ratio` times its pixels. */
export async function rasterised(svg: string, ratio: number): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const pen = canvasPen(width, height, ratio);
  pen.drawImage(image, 0, 0, width, height);
  return pen.canvas;
}

/** A canvas as PNG. */
export const pngOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob(
      blob => (blob ? resolve(blob) : reject(new Error('The picture could not be written.'))),
      'image/png',
    ),
  );

/** A file as an address that holds it. */
export const dataAddress = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
