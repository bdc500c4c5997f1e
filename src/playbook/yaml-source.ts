import type { Document, LineCounter, ParsedNode, Scalar } from 'yaml';
import { yamlPackage } from './yaml-package.ts';

/** Way to a place in the data of a file. */
export type Path = readonly (string | number)[];

/** A file that was read, with what is needed to find a line in it. */
export interface Source {
  readonly file: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly data: unknown;
}

/** Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Spot {
  /** Number of steps of the path that exist in this file. */
  readonly depth: number;
  /** The last one is a list or a value, which replaces what the base file has there. */
  readonly settled: boolean;
  readonly offset: number;
}

/** The fault belongs to the file that holds the most of its path; the team's own file comes first in `sources`. */
export function placeOf(sources: readonly Source[], path: Path, atName = false): Place {
  const spots = sources.map((source) => ({ source, spot: locate(source.document, path, atName) }));
  const own = spots[0]!;
  const best = own.spot.settled
    ? own
    : spots.reduce((deepest, next) => (next.spot.depth > deepest.spot.depth ? next : deepest));
  const { line, col } = best.source.lines.linePos(best.spot.offset);
  return { file: best.source.file, line, column: col };
}

function locate(document: Document.Parsed, path: Path, atName: boolean): Spot {
  const { isAlias, isMap, isScalar, isSeq } = yamlPackage();
  let node: unknown = document.contents;
  let offset = 0;
  let depth = 0;
  let inList = false;
  for (const [index, name] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => String((item.key as Scalar).value) === String(name));
      if (!pair) break;
      node = pair.value;
      offset =
        start(isScalar(node) && node.value !== null && !(atName && index === path.length - 1) ? node : pair.key) ??
        offset;
    } else if (isSeq(node) && node.items[Number(name)] !== undefined) {
      inList = true;
      node = node.items[Number(name)];
      offset = start(node) ?? offset;
    } else break;
    depth += 1;
  }
  return { depth, settled: depth > 0 && (inList || !isMap(node)), offset };
}

const start = (node: unknown): number | undefined => (node as ParsedNode | null)?.range?.[0];
