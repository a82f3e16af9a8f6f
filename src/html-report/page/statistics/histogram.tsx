// Small histograms: bars on a logarithmic scale, which is the same for all groups of a measure.
import type { MeasureStatistics, Histogram as HistogramData } from "../../../stats/statistics.ts";
import { formatMeasure } from "../../../stats/show/sections.ts";
import { placeOf, rangeOf, WIDTH } from "./scale.ts";
import type { Measure } from "../../../stats/measures.ts";
import { countOf } from "../../../wording/counts.ts";

const HEIGHT = 26;
const SPACE = 1;
/** A bar for few values among many is still visible. */
const LEAST_HEIGHT = 1.5;

interface HistogramProps {
  readonly measured: MeasureStatistics;
  readonly unit: Measure["unit"];
}

/** The bars, with the median and p95 as lines. */
export function Histogram({ measured, unit }: HistogramProps) {
  const { histogram, p50, p95 } = measured;
  if (histogram === null) return null;
  const { counts } = histogram;
  const most = Math.max(...counts, 1);
  const width = WIDTH / counts.length;
  return (
    <svg
      class="histogram"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={describe(measured, unit)}
    >
      <path class="base" d={`M0 ${HEIGHT - 0.5}h${WIDTH}`} />
      {counts.map((count, index) => {
        const height = count === 0 ? 0 : Math.max((count / most) * (HEIGHT - 2), LEAST_HEIGHT);
        return (
          <g key={index}>
            <title>{`${rangeOf(histogram, index, unit)}: ${countOf(count, "response")}`}</title>
            <rect class="reach" x={index * width} y={0} width={width} height={HEIGHT} />
            <rect class="bar" x={index * width + SPACE / 2} y={HEIGHT - height} width={width - SPACE} height={height} />
          </g>
        );
      })}
      {[p50, p95].map((value, index) =>
        value === null ? null : (
          <path key={index} class={index === 0 ? "p50" : "p95"} d={`M${placeOf(histogram, value)} 0v${HEIGHT}`} />
        ),
      )}
    </svg>
  );
}

function describe({ p50, p95 }: MeasureStatistics, unit: Measure["unit"]): string {
  return `median ${formatMeasure(p50, unit)}, p95 ${formatMeasure(p95, unit)}`;
}

/** The values at the ends of the scale, and the one in its middle. */
export function Scale({ histogram, unit }: { readonly histogram: HistogramData; readonly unit: Measure["unit"] }) {
  const { from, to } = histogram;
  return (
    <span class="scale" aria-hidden="true">
      {[from, Math.sqrt(from * to), to].map((value, index) => (
        <span key={index}>{formatMeasure(value, unit)}</span>
      ))}
    </span>
  );
}
