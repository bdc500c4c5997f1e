import { normalize } from './normalize.ts';
import { find, patterns, wordSet, type TokenPattern } from './token-pattern.ts';

/** What a line wants of a practice run. */
export type DrillStep = 'start' | 'invite' | 'next' | 'pause' | 'continue' | 'end' | 'score' | 'findings' | 'list';

/** What a practice run is called. */
const RUN = 'drill|simulation|rehearsal|exercise|gameday|tabletop|dryrun';
const PRACTICE = 'practice|practise|fire|dry|mock|training|incident|tabletop|simulation';
const THE = 'a|an|the|this|our|new|another';
const NAMED = `${THE}? ${PRACTICE}? ${RUN}|run|exercise`;
const POLITE = '^ can|could|would|will? you? please? let? us? i|we? want|need? to? just?';
const LAST = 'please|now|here|today|$';

/** Each a whole command; a longer line is somebody's sentence about practice runs, which a topic answers. */
const STEPS: readonly (readonly [DrillStep, readonly TokenPattern[]])[] = [
  [
    'invite',
    patterns(`
      ${POLITE} make|create|write|prepare|give|get|send|draft me|us? ${THE}? calendar? ${PRACTICE}? ${RUN}|run? invite|invitation ~8 $
      ${POLITE} make|create|write|prepare|give|get|send|draft me|us? ${THE}? calendar? invite|invitation for|to ${NAMED} ~8 $
      ^ ${PRACTICE}? ${RUN}|run invite|invitation ~8 $
      ^ calendar? invite|invitation for|to ${NAMED} ~8 $
      ${POLITE} invite ~2 for|to ${NAMED} ~8 $
      ${POLITE} schedule|plan ${NAMED} for|on|at|tomorrow|next ~8 $
    `),
  ],
  [
    'list',
    patterns(`
      ^ past|last|previous|former|all|our ${PRACTICE}? drills|runs|exercises|simulations|rehearsals $
      ^ list|show me? ${THE}? all|past|last|previous? ${PRACTICE}? drills|runs|exercises|simulations|rehearsals $
      ^ drills list? $
      ^ practice runs $
    `),
  ],
  [
    'start',
    patterns(`
      ${POLITE} start|begin|launch|open|hold|do ${THE}? ${PRACTICE}? ${RUN} ${LAST}
      ${POLITE} start|begin|launch|open|hold|do ${THE}? ${PRACTICE} run|exercise ${LAST}
      ${POLITE} kick off ${THE}? ${PRACTICE}? ${RUN} ${LAST}
      ${POLITE} kick off ${THE}? ${PRACTICE} run ${LAST}
      ${POLITE} run ${THE} ${PRACTICE}? ${RUN} ${LAST}
    `),
  ],
  [
    'next',
    patterns(`
      ^ please? next inject please|now|$
      ^ please? give|post|send|show us|me? the? next inject ${LAST}
    `),
  ],
  ['pause', patterns(`${POLITE} pause|halt|hold|suspend the|this|our ${PRACTICE}? ${RUN}|run ${LAST}`)],
  [
    'continue',
    patterns(`
      ${POLITE} continue|resume|unpause the|this|our ${PRACTICE}? ${RUN}|run ${LAST}
      ${POLITE} continue|resume|unpause with the|this|our ${PRACTICE}? ${RUN}|run ${LAST}
    `),
  ],
  [
    'end',
    patterns(`
      ${POLITE} end|stop|finish|close|conclude the|this|our ${PRACTICE}? ${RUN} ${LAST}
      ${POLITE} end|stop|finish|close|conclude the|this|our ${PRACTICE} run ${LAST}
      ^ end drill $
    `),
  ],
  [
    'score',
    patterns(`
      ${POLITE} score|rate the|this|our ${PRACTICE}? ${RUN} ${LAST}
      ${POLITE} score|rate the|this|our ${PRACTICE} run ${LAST}
    `),
  ],
  [
    'findings',
    patterns(`
      ${POLITE} share|post|show the|our findings of? the|this|our? ${PRACTICE}? ${RUN}|run? $
      ^ findings of the|this|our ${PRACTICE}? ${RUN}|run $
      ^ drill findings $
    `),
  ],
];

/** A command says none of these: they ask. */
const ASKS = wordSet('what how why which who whose whom whether if should when where does did is are was were');
/** In words. Who writes more explains something. */
const LONGEST = 25;

/** The step that the form of a line leaves no doubt about; questions about practice runs are none. */
export function readDrillStep(text: string): DrillStep | undefined {
  const said = normalize(text);
  const tokens = said.slice(0, said.findLastIndex((token) => token !== '.' && token !== '!') + 1);
  if (tokens.length === 0 || tokens.length > LONGEST || tokens.some((token) => ASKS.has(token))) return undefined;
  const asked = tokens.at(-1) === '?' ? tokens.slice(0, -1) : tokens;
  return STEPS.find(([, wordings]) => wordings.some((one) => find(one, asked)?.start === 0))?.[0];
}
