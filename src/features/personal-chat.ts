import type { Delivery, NewDelivery, Person, Services } from './feature.ts';

/** What did not surely arrive, once more in somebody's personal chat: if there is one, and it was not there already. */
export async function toPersonalChat(
  delivery: Delivery,
  next: Pick<NewDelivery, 'stage'> & Partial<Pick<NewDelivery, 'job'>>,
  person: Pick<Person, 'tenantId' | 'aadObjectId'>,
  services: Services,
): Promise<readonly NewDelivery[]> {
  const chat = await services.personalChat(person);
  if (!chat || chat.conversationId === delivery.place.conversationId) return [];
  const { tenantId, job, subject, dueAt } = delivery;
  return [{ tenantId, place: chat, job, subject, dueAt, ...next }];
}
