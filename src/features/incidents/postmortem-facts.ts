import { showSpan, stampOf } from '../../understanding/show-time.ts';
import type { Services } from '../feature.ts';
import type { Icm } from '../tracking/icm-store.ts';
import { keyFieldsOf, type KeyFields, type Lasted } from './key-field-store.ts';

/** A fact of a postmortem that the records know: "Detected", "Fri 20 Nov 2026 14:05". */
export interface Fact {
  readonly title: string;
  readonly value: string;
}

export const unknown = 'not known';

const momentOf = (at: Date | undefined, zone: string): string => {
  if (at === undefined) return unknown;
  const { day, clock, offset } = stampOf(at, zone);
  return `${day} ${clock}${zone === 'UTC' ? '' : ` (${offset})`}`;
};

/** "2 h 10 min after the detection, 2 h 30 min after the beginning" */
const lasted = ({ fromDetected, fromBegan }: Lasted): string =>
  [
    ...(fromDetected === undefined ? [] : [`${showSpan(fromDetected)} after the detection`]),
    ...(fromBegan === undefined ? [] : [`${showSpan(fromBegan)} after the beginning`]),
  ].join(', ') || unknown;

/** The times of F57, in one zone. */
export function factsOf(keys: KeyFields, zone: string): readonly Fact[] {
  return [
    { title: 'Began', value: momentOf(keys.beganAt, zone) },
    { title: 'Detected', value: momentOf(keys.detectedAt, zone) },
    { title: 'First response', value: momentOf(keys.firstResponseAt, zone) },
    { title: 'Resolved', value: momentOf(keys.resolvedAt, zone) },
    { title: 'Time to first response', value: lasted(keys.toFirstResponse) },
    { title: 'Time to resolution', value: lasted(keys.toResolution) },
  ];
}

/** "2 h 10 min", from the beginning where it is known; for those who were not there. */
export function durationOf(keys: KeyFields): string {
  const ms = keys.toResolution.fromBegan ?? keys.toResolution.fromDetected;
  return ms === undefined ? unknown : showSpan(ms);
}

export const factsFor = async (icm: Icm, zone: string, { records }: Services): Promise<readonly Fact[]> =>
  factsOf(await keyFieldsOf(records, icm), zone);
