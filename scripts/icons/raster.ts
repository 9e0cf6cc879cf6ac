import type { Picture } from "./png.js";

/** Pictures drawn from shapes on a square of side 1, (0, 0) at the top left, smoothed by sampling each pixel many times. */

/** Signed distance of a point from the shape's edge, negative inside. */
export type Shape = (x: number, y: number) => number;

export interface Layer {
  readonly shape: Shape;
  /** `#rrggbb` */
  readonly colour: string;
}

/** Samples along each side of a pixel. */
const SAMPLES = 6;

/** Draws layers over each other, the last on top, on a transparent square of `size` pixels. */
export function draw(layers: readonly Layer[], size: number): Picture {
  const colours = layers.map(({ colour }) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)));
  const rgba = new Uint8Array(size * size * 4);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0, 0];
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const x = (column + ((sample % SAMPLES) + 0.5) / SAMPLES) / size;
        const y = (row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size;
        const top = layers.findLastIndex(({ shape }) => shape(x, y) <= 0);
        if (top < 0) continue;
        colours[top]!.forEach((part, i) => (sum[i] = sum[i]! + part));
        sum[3] = sum[3]! + 1;
      }
      const hits = sum[3]!;
      if (hits === 0) continue;
      const at = (row * size + column) * 4;
      rgba.set(
        [0, 1, 2].map((i) => Math.round(sum[i]! / hits)),
        at,
      );
      rgba[at + 3] = Math.round((hits / (SAMPLES * SAMPLES)) * 255);
    }
  }
  return { width: size, height: size, rgba };
}

/** A rectangle with rounded corners. */
export function box(left: number, top: number, right: number, bottom: number, radius = 0): Shape {
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const [hx, hy] = [(right - left) / 2 - radius, (bottom - top) / 2 - radius];
  return (x, y) => {
    const dx = Math.abs(x - cx) - hx;
    const dy = Math.abs(y - cy) - hy;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
}

/** A line with round ends through points, `width` wide. */
export function stroke(width: number, ...points: readonly (readonly [number, number])[]): Shape {
  return (x, y) => {
    let nearest = Infinity;
    for (let i = 1; i < points.length; i++) nearest = Math.min(nearest, toSegment(x, y, points[i - 1]!, points[i]!));
    return nearest - width / 2;
  };
}

/** The outline of a shape, `width` wide, on the inner side of its edge. */
export function outline(shape: Shape, width: number): Shape {
  return (x, y) => {
    const distance = shape(x, y);
    return Math.max(distance, -width - distance);
  };
}

/** A convex polygon, its points clockwise. */
export function polygon(...points: readonly (readonly [number, number])[]): Shape {
  return (x, y) => {
    let farthest = -Infinity;
    points.forEach(([ax, ay], i) => {
      const [bx, by] = points[(i + 1) % points.length]!;
      const length = Math.hypot(bx - ax, by - ay);
      farthest = Math.max(farthest, ((by - ay) * (x - ax) - (bx - ax) * (y - ay)) / length);
    });
    return farthest;
  };
}

/** What belongs to both shapes. */
export function both(a: Shape, b: Shape): Shape {
  return (x, y) => Math.max(a(x, y), b(x, y));
}

function toSegment(
  x: number,
  y: number,
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
