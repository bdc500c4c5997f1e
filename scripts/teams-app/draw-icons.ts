import { crc32, deflateSync } from 'node:zlib';

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];
type Shade = (x: number, y: number) => Pixel;

/** Samples for each side of a pixel; what lies between gives smooth edges. */
const samples = 4;

/** A ticket with a tick on it, in units of the icon's side. */
function onTicket(x: number, y: number): boolean {
  const notch = (centre: number) => Math.hypot(x - centre, y - 0.5) < 0.075;
  return x > 0.2 && x < 0.8 && y > 0.31 && y < 0.69 && !notch(0.2) && !notch(0.8);
}

/** Distance of a point from the line between two others. */
function distance(x: number, y: number, [x1, y1, x2, y2]: readonly [number, number, number, number]): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

const onTick = (x: number, y: number) =>
  Math.min(distance(x, y, [0.4, 0.5, 0.47, 0.58]), distance(x, y, [0.47, 0.58, 0.61, 0.42])) < 0.035;

/** The picture that Teams shows in its store: full colour on the whole square. */
const color: Shade = (x, y) => {
  if (onTick(x, y)) return [15, 76, 129, 255];
  return onTicket(x, y) ? [255, 255, 255, 255] : [15, 76, 129, 255];
};

/** The picture of the side bar: white on nothing, as Teams asks for. */
const outline: Shade = (x, y) => {
  const [wide, high] = [0.5 + (x - 0.5) / 1.5, 0.5 + (y - 0.5) / 1.5];
  return onTicket(wide, high) && !onTick(wide, high) ? [255, 255, 255, 255] : [255, 255, 255, 0];
};

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A square PNG, eight bits for each of red, green, blue and alpha. */
function png(side: number, shade: Shade): Buffer {
  const rows = Buffer.alloc(side * (side * 4 + 1));
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const sum = [0, 0, 0, 0];
      for (let i = 0; i < samples * samples; i++) {
        const at = (pixel: number, part: number) => (pixel + (part + 0.5) / samples) / side;
        const [red, green, blue, alpha] = shade(at(column, i % samples), at(row, Math.floor(i / samples)));
        for (const [part, value] of [red, green, blue, alpha].entries()) sum[part] = (sum[part] ?? 0) + value;
      }
      for (const [part, value] of sum.entries())
        rows[row * (side * 4 + 1) + 1 + column * 4 + part] = Math.round(value / (samples * samples));
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The two icons of the Teams app, by their file names. */
export const drawIcons = (): Readonly<Record<'color.png' | 'outline.png', Buffer>> => ({
  'color.png': png(192, color),
  'outline.png': png(32, outline),
});
