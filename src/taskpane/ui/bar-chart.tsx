import { makeStyles, tokens } from "@fluentui/react-components";
import { useId, type ReactNode } from "react";

export interface Bar {
  readonly label: string;
  /** One for each series. */
  readonly values: readonly number[];
}

interface BarChartProps {
  readonly title: string;
  readonly series: readonly string[];
  readonly bars: readonly Bar[];
  /** Columns along a time line; else bars beneath each other. */
  readonly upright: boolean;
}

const COLOURS = [
  tokens.colorBrandBackground,
  tokens.colorPaletteMarigoldBackground3,
  tokens.colorPaletteRedBackground3,
];

const useStyles = makeStyles({
  root: {
    margin: "0",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: tokens.spacingHorizontalM,
  },
  caption: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, marginBottom: "8px" },
  svg: { display: "block", width: "100%", height: "auto", forcedColorAdjust: "none" },
  label: { fill: tokens.colorNeutralForeground2, fontSize: "9px" },
  value: { fill: tokens.colorNeutralForeground1, fontSize: "9px" },
  axis: { stroke: tokens.colorNeutralStroke1 },
  legend: {
    display: "flex",
    flexWrap: "wrap",
    gap: tokens.spacingHorizontalM,
    fontSize: tokens.fontSizeBase200,
    marginTop: "6px",
  },
  dot: {
    display: "inline-block",
    width: "9px",
    height: "9px",
    marginRight: "5px",
    borderRadius: "2px",
    forcedColorAdjust: "none",
  },
});

/** Series differ by more than colour: the second one is hatched. */
const HATCHES = [
  undefined,
  "repeating-linear-gradient(45deg, transparent 0 2px, rgba(0, 0, 0, 0.45) 2px 3px)",
  "repeating-linear-gradient(-45deg, transparent 0 1px, rgba(0, 0, 0, 0.45) 1px 2px)",
];

const WIDTH = 300;
const HEIGHT = 120;
const LINE = 20;
const LABELS = 92;

/** A chart beside a table with the same figures: screen readers are told its title and go to the table. */
export function BarChart({ title, series, bars, upright }: BarChartProps): ReactNode {
  const styles = useStyles();
  return (
    <figure className={styles.root}>
      <figcaption className={styles.caption}>{title}</figcaption>
      {upright ? <Upright bars={bars} title={title} /> : <Lying bars={bars} title={title} />}
      {series.length > 1 && (
        <div className={styles.legend} aria-hidden="true">
          {series.map((name, i) => (
            <span key={name}>
              <span className={styles.dot} style={{ backgroundColor: COLOURS[i], backgroundImage: HATCHES[i] }} />
              {name}
            </span>
          ))}
        </div>
      )}
    </figure>
  );
}

interface Drawn {
  readonly title: string;
  readonly bars: readonly Bar[];
}

function mostOf(bars: readonly Bar[]): number {
  return Math.max(1, ...bars.flatMap(({ values }) => values));
}

function Upright({ bars, title }: Drawn): ReactNode {
  const styles = useStyles();
  const most = mostOf(bars);
  const slot = WIDTH / Math.max(1, bars.length);
  const floor = HEIGHT - 16;
  return (
    <svg className={styles.svg} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
      <line x1="0" x2={WIDTH} y1={floor} y2={floor} className={styles.axis} />
      {bars.map(({ label, values }, i) => {
        const width = (slot * 0.72) / values.length;
        return (
          <g key={label}>
            {values.map((value, s) => {
              const height = (value / most) * (floor - 14);
              const x = i * slot + slot * 0.14 + s * width;
              return (
                <g key={s}>
                  <Rectangle x={x} y={floor - height} width={width * 0.92} height={height} series={s} />
                  {value > 0 && (
                    <text x={x + width / 2} y={floor - height - 3} textAnchor="middle" className={styles.value}>
                      {value}
                    </text>
                  )}
                </g>
              );
            })}
            {(bars.length <= 6 || i % 2 === (bars.length - 1) % 2) && (
              <text x={i * slot + slot / 2} y={HEIGHT - 4} textAnchor="middle" className={styles.label}>
                {shortLabel(label)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function Lying({ bars, title }: Drawn): ReactNode {
  const styles = useStyles();
  const most = mostOf(bars);
  const room = WIDTH - LABELS - 44;
  return (
    <svg className={styles.svg} viewBox={`0 0 ${WIDTH} ${bars.length * LINE}`} role="img" aria-label={title}>
      {bars.map(({ label, values }, i) => (
        <g key={`${label}${i}`}>
          <text x={LABELS - 6} y={i * LINE + 13} textAnchor="end" className={styles.value}>
            {cut(label)}
          </text>
          {values.map((value, s) => {
            const height = 13 / values.length;
            return (
              <Rectangle
                key={s}
                x={LABELS}
                y={i * LINE + 3 + s * height}
                width={Math.max(value > 0 ? 1 : 0, (value / most) * room)}
                height={height}
                series={s}
              />
            );
          })}
          <text x={LABELS + (Math.max(...values) / most) * room + 4} y={i * LINE + 13} className={styles.label}>
            {values
              .filter((value, s) => value > 0 || s === 0)
              .map((value) => (Number.isInteger(value) ? value : value.toFixed(2)))
              .join(" / ")}
          </text>
        </g>
      ))}
    </svg>
  );
}

interface RectangleProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly series: number;
}

/** A bar of a series: in its colour and, from the second series on, hatched. */
function Rectangle({ x, y, width, height, series }: RectangleProps): ReactNode {
  const id = useId();
  const place = { x, y, width, height };
  return (
    <>
      <rect {...place} fill={COLOURS[series]} />
      {series > 0 && (
        <>
          <pattern
            id={id}
            width="3"
            height="3"
            patternUnits="userSpaceOnUse"
            patternTransform={`rotate(${series === 1 ? 45 : -45})`}
          >
            <line x1="0" x2="0" y1="0" y2="3" stroke="rgba(0, 0, 0, 0.45)" strokeWidth="2" />
          </pattern>
          <rect {...place} fill={`url(#${id})`} />
        </>
      )}
    </>
  );
}

/** `2026-03` needs no year on an axis, nor does 2026年3月. */
function shortLabel(label: string): string {
  return label.replace(/^\d{4}[-年]/, "");
}

function cut(label: string): string {
  return label.length > 9 ? `${label.slice(0, 8)}…` : label;
}
