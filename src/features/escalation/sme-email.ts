import { cardReply } from '../card.ts';
import type { Reply, Services } from '../feature.ts';
import { escalationEmailCard } from './escalation-cards.ts';
import { idsOf, quote } from './escalation-view.ts';
import type { Escalation } from './escalation.ts';

/** The email to the SMEs that the documents ask for (F42, T12), as text to copy. */
export function emailText(escalation: Escalation): { readonly subject: string; readonly body: string } {
  const { ownerEmail } = escalation;
  return {
    subject: `Please review: CSAT escalation of ICM ${escalation.icmNumber}`,
    body: [
      'Hello SMEs,',
      '',
      'please review this CSAT escalation and say whether you approve it.',
      '',
      `ICM: ${escalation.icmNumber} ${escalation.icmTitle}`,
      `ICM link: ${escalation.icmLink}`,
      `SR: ${escalation.srNumber}${escalation.srTitle === '' ? '' : ` ${escalation.srTitle}`}`,
      `SR link: ${escalation.srLink}`,
      `Case status: ${escalation.caseStatus}`,
      `CSS contacts: ${escalation.contacts}`,
      `ICM owner: ${escalation.ownerName}${ownerEmail === '' ? '' : ` (${ownerEmail})`}`,
      ...(escalation.region === '' ? [] : [`Region: ${escalation.region}`]),
      ...(escalation.exceptional
        ? [`Exceptionally bad: ${escalation.judge?.name ?? 'the requester'} judged it so.`]
        : []),
      '',
      `How the customer feels now: ${escalation.sentiment}`,
      `Why they feel that way: ${escalation.why}`,
      `What could have been done differently: ${escalation.improvement}`,
      '',
      'Thank you,',
      escalation.requester.name,
    ].join('\n'),
  };
}

/** The email as a card; `reasons`: why it has to be done by email and not here. */
export function emailReply(escalation: Escalation, services: Services, reasons: readonly string[] = []): Reply {
  const { playbook } = services;
  const { smes } = playbook.people.aliases;
  return cardReply(escalationEmailCard, {
    ...idsOf(escalation),
    title: reasons.length > 0 ? 'Please ask the SMEs by email' : 'Email to the SMEs',
    reasons: [...reasons, ...(reasons.length > 0 ? ['I keep nothing of it: please copy the text.'] : [])].map(
      (text) => ({
        text,
      }),
    ),
    toLine: smes === undefined ? 'To: the mail alias of the SMEs (it is not set up here)' : `To: ${smes}`,
    ...emailText(escalation),
    source: quote('F42', playbook),
    canGoBack: reasons.length === 0,
  });
}
