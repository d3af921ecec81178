import { type DrawingContext, render } from 'bwip-js/generic';
import type { Symbology } from './labels';

type Point = [number, number];

/** A code as shapes: polygons of its dark parts, filled by the even-odd rule, in modules from the top left corner. */
export interface Barcode {
  /** Without the quiet zone. */
  width: number;
  height: number;
  polygons: readonly (readonly Point[])[];
}

/** The shapes of a code for a text of ASCII. A Code 128 has the height of one module: its bars are stretched. */
export function barcode(symbology: Symbology, text: string): Barcode {
  return render({ bcid: symbology, text, scale: 1, height: 1 }, new Shapes(symbology === 'code128'));
}

/** Takes down what bwip-js draws, at one unit a module. */
class Shapes implements DrawingContext<Barcode> {
  private readonly polygons: Point[][] = [];
  private width = 0;
  private height = 0;

  constructor(private readonly bars: boolean) {}

  scale(): Point {
    return [1, 1];
  }
  init(width: number, height: number): void {
    this.width = width;
    this.height = this.bars ? 1 : height;
  }
  /** A bar. Of an odd width, half a unit to the right of its middle is meant (bwip-js, "Annotated Example Drawing Object"). */
  line(x: number, _y0: number, _x1: number, _y1: number, width: number): void {
    const left = x - Math.ceil(width / 2);
    this.polygons.push([
      [left, 0],
      [left + width, 0],
      [left + width, 1],
      [left, 1],
    ]);
  }
  polygon(points: Point[]): void {
    this.polygons.push(points.map(([x, y]): Point => [x, y]));
  }
  /** Of all shapes together, at the end. */
  fill(): void {}
  end(): Barcode {
    return { width: this.width, height: this.height, polygons: this.polygons };
  }
  measure(): { width: number; ascent: number; descent: number } {
    return { width: 0, ascent: 0, descent: 0 };
  }
  // Neither code has these.
  hexagon(): void {}
  ellipse(): void {}
  text(): void {}
}
