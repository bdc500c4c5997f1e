import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import { regionsOf } from './approvers.ts';
import { escalationFormCard } from './escalation-cards.ts';
import type { Draft, Problem } from './escalation-draft.ts';
import { idsOf, quote } from './escalation-view.ts';
import type { Escalation } from './escalation.ts';
import type { Where } from './show-escalation.ts';

/** What the form says besides the fields. */
export interface FormExtras {
  /** The request that is changed; without it the form is for a new one. */
  readonly escalation?: Escalation;
  readonly notice?: string;
  readonly problems?: readonly Problem[];
  /** The case is resolved or closed, so it goes no further unless an SME is asked first (F41). */
  readonly isLate?: boolean;
}

/** The form with what stands in its fields. */
export function formReply(draft: Draft, turn: Where, services: Services, extras: FormExtras = {}): Reply {
  const { escalation, notice, problems = [], isLate = false } = extras;
  const { playbook } = services;
  const { texts } = playbook.escalation;
  const regions = regionsOf(playbook, turn.person.tenantId);
  return cardReply(escalationFormCard, {
    ...(escalation ? idsOf(escalation) : { escalation: '', revision: '0' }),
    isNew: escalation === undefined,
    title: escalation ? `Details of the request for ICM ${escalation.icmNumber}` : 'CSAT escalation: ask the SMEs',
    ...(notice === undefined ? {} : { notice }),
    problems: problems.map(({ label, sentence }) => ({ label, sentence })),
    isLate,
    lateStatus: draft.caseStatus,
    lateText: isLate ? texts.beforeClosing : '',
    lateSource: isLate ? quote('F41', playbook) : '',
    regions: regions.map((label) => ({ label })),
    exceptionalText: `${texts.exceptional} (F37, F46)`,
    sources: [{ text: `${texts.whoDecides} (F42)` }],
    number: draft.number,
    icmTitle: draft.icmTitle,
    icmLink: draft.icmLink,
    srNumber: draft.srNumber,
    srTitle: draft.srTitle,
    srLink: draft.srLink,
    contacts: draft.contacts,
    ownerName: draft.ownerName,
    ownerEmail: draft.ownerEmail,
    region: regions.length === 1 && draft.region === '' ? (regions[0] as string) : draft.region,
    caseStatus: draft.caseStatus === 'resolved' || draft.caseStatus === 'closed' ? draft.caseStatus : 'open',
    sentiment: draft.sentiment,
    why: draft.why,
    improvement: draft.improvement,
    exceptional: draft.exceptional === 'true' ? 'true' : 'false',
  });
}
