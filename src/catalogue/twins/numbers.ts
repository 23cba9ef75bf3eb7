/** A row of the Mandelbrot set and the product of two matrices in plain JavaScript. */

/** Writes how often z = z² + c was taken for each pixel of a row; see the kernel of that name. */
export function mandelbrotRow(
  counts: Uint32Array,
  width: number,
  row: number,
  height: number,
  limit: number,
): void {
  const cy = -1.5 + 3 * row / height;
  for (let x = 0; x < width; x++) {
    const cx = -2 + 3 * x / width;
    let zx = 0;
    let zy = 0;
    let count = 0;
    while (count < limit) {
      const xx = zx * zx;
      const yy = zy * zy;
      if (xx + yy > 4) break;
      count++;
      zy = 2 * zx * zy + cy;
      zx = xx - yy + cx;
    }
    counts[x] = count;
  }
}

/** c = a · b, all of n × n numbers in row-major order, along rows so that reads are in order. */
export function matmul(a: Float64Array, b: Float64Array, c: Float64Array, n: number): void {
  c.fill(0);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]!;
      for (let j = 0; j < n; j++) {
        c[i * n + j] = c[i * n + j]! + factor * b[k * n + j]!;
      }
    }
  }
}
