/** Slope of the least-squares line through the points. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (at: 0 | 1): number => points.reduce((total, point) => total + point[at], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let [above, below] = [0, 0];
  for (const [x, y] of points) {
    above += (x - meanX) * (y - meanY);
    below += (x - meanX) ** 2;
  }
  return below === 0 ? 0 : above / below;
}

/** Standard error of that slope; infinite for fewer than three points. */
export function uncertaintyOf(points: readonly (readonly [x: number, y: number])[]): number {
  if (points.length < 3) return Infinity;
  const slope = slopeOf(points);
  const meanX = points.reduce((total, [x]) => total + x, 0) / points.length;
  const meanY = points.reduce((total, [, y]) => total + y, 0) / points.length;
  const residuals = points.reduce((total, [x, y]) => total + (y - meanY - slope * (x - meanX)) ** 2, 0);
  const spread = points.reduce((total, [x]) => total + (x - meanX) ** 2, 0);
  return Math.sqrt(residuals / (points.length - 2) / spread);
}
