import { cardReply } from '../card.ts';
import type { Delivery, Job, Posting, Services } from '../feature.ts';
import { icmById } from '../tracking/icm-store.ts';
import { leadershipForm } from './leadership.ts';
import { leadershipCard } from './postmortem-cards.ts';
import { leadJob } from './postmortem-share.ts';
import { postmortemAt, sharesOf } from './postmortem-store.ts';

/** The form for leadership, in a lead's personal chat: as it was when it was shared. */
async function tellLead(delivery: Delivery, _now: Date, services: Services): Promise<Posting> {
  const [id = '', revision = ''] = delivery.subject.split(':');
  const kept = await postmortemAt(services.records, delivery.tenantId, id, Number(revision));
  const icm = kept && (await icmById(services.records, delivery.tenantId, kept.icmId));
  if (!kept || !icm) return { kind: 'drop', reason: 'the postmortem is gone' };
  const form = await leadershipForm(icm, kept.fields, services);
  const shared = (await sharesOf(services.records, icm)).find((one) => one.revision === kept.revision);
  return {
    kind: 'post',
    summary: `Postmortem of ICM ${icm.number}`,
    reply: cardReply(leadershipCard, {
      heading: form.heading,
      lines: delivery.repeat ? [{ text: 'This may be a repeat.' }] : [],
      sections: form.sections.map((one) => ({ ...one })),
      actions: form.actions.map((text) => ({ text })),
      footer: `Shared by ${shared?.by ?? kept.savedBy.name}. Internal document, not for the customer. The whole of it: write “postmortem ${icm.number}”.`,
    }),
  };
}

export const postmortemJobs: readonly Job[] = [{ name: leadJob, run: tellLead }];
