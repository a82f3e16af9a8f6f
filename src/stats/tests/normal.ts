/**
 * The two-sided tail probability of a standard normal distribution beyond `z`, to 12 digits: erfc(|z| / sqrt(2)), by
 * its series near 0 and its continued fraction beyond (Abramowitz and Stegun 7.1.5 and 7.1.14).
 */
export function twoSidedNormal(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  return x < SERIES_UP_TO ? 1 - erfBySeries(x) : erfcByFraction(x);
}

const SERIES_UP_TO = 2;
const SERIES_TERMS = 60;
const FRACTION_TERMS = 120;

function erfBySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < SERIES_TERMS; n += 1) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

function erfcByFraction(x: number): number {
  let fraction = x;
  for (let n = FRACTION_TERMS; n > 0; n -= 1) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
