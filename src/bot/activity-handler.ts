import { setTimeout as delay } from 'node:timers/promises';
import { AppError, toAppError, type ErrorCode } from '../errors.ts';
import type { ActionTurn, Dialog, Outcome, Person, Place, Reply, Send, Feature } from '../features/feature.ts';
import type { HttpAnswer } from '../http/server.ts';
import type { Logger } from '../logger.ts';
import type { Places } from '../store/places.ts';
import { practiceTenant } from '../practice.ts';
import type { ActivityKey, Begin, Kept, Turns } from '../store/turns.ts';
import { clientZoneOf, readActivity, type Activity } from './activity.ts';
import { asRecord } from './as-record.ts';
import { dialogCard, dialogText, isExtensionInvoke, readExtensionCall } from './extension-invokes.ts';
import { isSearchInvoke, readSearchCall, searchResults, searchText } from './search-invokes.ts';
import type { BotIdentity } from './identity.ts';
import { peopleMentioned, withoutMentions } from './mentions.ts';
import type { PracticeScenes, Scene } from './scenes.ts';

export interface ActivityHandlerOptions {
  readonly identity: BotIdentity;
  /** What everyday turns run on. */
  readonly scene: Scene;
  /** What the turns of a practice run run on; whoever acts there takes part from then on. */
  readonly practice: PracticeScenes;
  readonly turns: Turns;
  readonly places: Places;
  readonly parking: Parking;
  readonly log: Logger;
  readonly now: () => Date;
  /** Rows of features have changed: something may be due. */
  readonly onChanged?: () => void;
  /** A person was told that their turn failed. */
  readonly onFailed?: ((code: ErrorCode) => void) | undefined;
  /** Time for an invoke, in ms, before a "still working" answer (platform notes 1.1: hard 4 s, the way included). */
  readonly invokeBudgetMs?: number;
}

export interface ActivityHandler {
  /**
   * Takes one activity from the door to its answer.
   * @throws AppError for what never becomes a turn: not an activity, not signed, another organisation
   */
  handle(body: Record<string, unknown>, authorization: string, correlationId: string): Promise<HttpAnswer>;
  /** Waits for sends that go on after their answer. */
  settle(): Promise<void>;
}

/** Where nothing is posted any more, until somebody speaks to the bot there again. */
export interface Parking {
  /** The bot was removed there. */
  park(tenantId: string, conversationId: string, reason: string): Promise<void>;
  /** Somebody speaks, or it was installed again: what was held back goes out. Costs nothing where nothing is parked. */
  unpark(tenantId: string, conversationId: string): Promise<void>;
}

/** What came of posting an answer: its id where Teams told one; `failed` when it surely did not arrive. */
interface Posted {
  readonly id?: string;
  readonly failed?: true;
}

/** What is kept as the answer of a turn, so that a repeat gets the same. */
type Answer = { readonly card: string; readonly view: unknown } | { readonly text: string };

/** A message that takes longer gets its HTTP answer all the same: after 15 s Teams would send it again. */
const messageBudgetMs = 12_000;
/** Longer than another process may have a message for itself. */
const takenAtMostMs = 16_000;
const ok: HttpAnswer = { status: 200, body: '{}' };
const unavailable = new AppError('database-unavailable', '').sentence;
const broken = new AppError('internal', '').sentence;
const working = 'I am still working on it. Please look again in a moment.';
const tooLong = 'That took too long. Please close this window and try again.';
const notOffered = 'I do not offer that any more. Write “help” to me to see what I can do.';
const noGuests = 'I can only help people who are signed in to your organisation.';

/** Runs turns: activity -> Turn -> feature -> what it changed is kept -> what it says is sent. */
export function createActivityHandler(options: ActivityHandlerOptions): ActivityHandler {
  const { scene: everyday, turns, places, log, now } = options;
  const budgetMs = options.invokeBudgetMs ?? 3_500;
  /** Activities under way here, so that a repeat waits for the first and gets its answer. */
  const underWay = new Map<string, Promise<HttpAnswer>>();
  const background = new Set<Promise<void>>();
  const knownChats = new Set<string>();
  const introduction = everyday.services.features.find((feature) => feature.introduction)?.introduction as NonNullable<
    Feature['introduction']
  >;

  const inBackground = (work: Promise<unknown>, what: string, correlationId: string): void => {
    const settled = work.then(
      () => {},
      (error: unknown) => log.warn({ correlationId, kind: what, error }, 'background work failed'),
    );
    background.add(settled);
    void settled.finally(() => background.delete(settled));
  };

  /** What a turn in this thread runs on, and as whom: in a practice run with records of its own. */
  const sceneOf = async (drill: string | undefined, person: Person): Promise<{ scene: Scene; actor: Person }> => {
    if (drill === undefined) return { scene: everyday, actor: person };
    const actor = { ...person, tenantId: practiceTenant(person.tenantId, drill) };
    const scene = await options.practice(actor.tenantId, actor);
    if (!scene) throw new AppError('internal', 'a thread of a practice run that does not exist');
    return { scene, actor };
  };

  // ---- messages -------------------------------------------------------------------------------------------------

  /** Sends what must go out after a turn; gives the id of what was posted in the place of the turn. */
  const sendAll = async (
    { channel }: Scene,
    sends: readonly Send[],
    person: Person,
    place: Place,
    replyTo: string | undefined,
  ): Promise<string | undefined> => {
    let posted: string | undefined;
    for (const send of sends) {
      if (send.to === 'replace') await channel.replace(place, send.activityId, send.reply);
      else if (send.to === 'here') posted = await channel.say(place, send.reply, { person, ...toMessage(replyTo) });
      else await channel.say(send.to, send.reply, { person });
    }
    return posted;
  };

  // ---- the turn itself ------------------------------------------------------------------------------------------

  const turnOf = (activity: Activity, person: Person, place: Place, correlationId: string) => ({
    person,
    place,
    now: now(),
    correlationId,
    activityId: activity.id,
    clientZone: clientZoneOf(activity),
    mentioned: peopleMentioned(activity.entities, place.botId),
  });

  const keep = async (key: ActivityKey, person: Person, outcome: Outcome, answered: boolean): Promise<Kept> => {
    const { dialog, audit, changes } = outcome;
    const answer = answerOf(outcome.keptAs === undefined ? outcome.reply : { kind: 'text', text: outcome.keptAs });
    const kept = await turns.commit(key, person, { dialog, audit, changes, answer, answered });
    if (kept === 'kept' && changes?.length) options.onChanged?.();
    return kept;
  };

  /**
   * Runs the feature and keeps what it did; runs it again on the newer state when somebody else was quicker.
   * `undefined`: another process has answered the activity meanwhile.
   */
  const perform = async (
    key: ActivityKey,
    person: Person,
    dialog: Dialog | undefined,
    answered: boolean,
    run: (dialog: Dialog | undefined) => Promise<Outcome>,
  ): Promise<Outcome | undefined> => {
    let current = dialog;
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const outcome = await run(current);
      // Nothing to keep: a message is marked as answered when it is out, and a repeat of a reading action reads again.
      // A button that posts is kept, so that a repeat does not post again.
      const changesNothing = !outcome.dialog && !outcome.audit && !outcome.changes?.length;
      if (changesNothing && !(answered && outcome.sends?.length)) return outcome;
      const kept = await keep(key, person, outcome, answered);
      if (kept === 'kept') return outcome;
      if (kept === 'repeat') return undefined;
      current = current && (await turns.readDialog(key.tenantId, current.id));
    }
    throw new AppError('internal', 'the dialog changed three times under the turn');
  };

  /**
   * A repeat waits until the first is answered. When the process that has the first died, its lease runs out, and the
   * repeat is what gets the person an answer: nobody else will send the message again.
   */
  const beginMessage = async (key: ActivityKey, person: Person, dialogId: string | undefined): Promise<Begin> => {
    for (let waited = 0, waitMs = 100; ; waited += waitMs, waitMs = Math.min(2 * waitMs, 1_000)) {
      const begun = await turns.begin(key, person.aadObjectId, dialogId);
      if (begun.kind !== 'taken' || waited > takenAtMostMs) return begun;
      await delay(waitMs);
    }
  };

  const onMessage = async (
    activity: Activity,
    person: Person,
    place: Place,
    key: ActivityKey,
    correlationId: string,
  ): Promise<HttpAnswer> => {
    const submitted = submittedAction(activity);
    const begun = await beginMessage(key, person, submitted ? (dialogIdIn(submitted.data) ?? '') : undefined);
    if (begun.kind === 'answered' || begun.kind === 'taken') return ok;
    const { scene, actor } = await sceneOf(begun.drill, person);
    let outcome: Outcome | undefined;
    try {
      // What it does was kept, but the answer did not go out: only that is left to do.
      if (begun.kept !== undefined) outcome = { reply: replyOf(begun.kept as Answer) };
      else
        outcome = await perform(key, actor, begun.dialog, false, async (dialog) => {
          if (person.aadObjectId === '') return { reply: { kind: 'text', text: noGuests } };
          const context = { activity, scene, person: actor, place, dialog, correlationId };
          if (submitted) return runAction(submitted.verb, submitted.data, false, context);
          const text = withoutMentions(activity.text, activity.entities, place.botId);
          return scene.router.message({ ...turnOf(activity, actor, place, correlationId), text, dialog });
        });
    } catch (thrown) {
      outcome = { reply: { kind: 'text', text: explain(thrown, correlationId) } };
    }
    if (outcome === undefined) return ok;
    const posted = await postReply(scene, outcome, person, place, activity.id, correlationId);
    if (posted.failed) {
      await turns.release(key).catch(() => {});
    } else {
      const dialogId =
        begun.kept !== undefined
          ? dialogShownBy(begun.kept as Answer, begun.dialog)
          : outcome.dialog?.kind === 'start'
            ? outcome.dialog.id
            : outcome.dialog?.dialog.id;
      turns.answered(
        key,
        dialogId !== undefined && posted.id !== undefined ? { dialogId, activityId: posted.id } : undefined,
      );
    }
    // A card must not say "goes on below" when there is nothing below.
    const sends = (outcome.sends ?? []).filter(({ to }) => !posted.failed || to !== 'replace');
    if (sends.length > 0) inBackground(sendAll(scene, sends, person, place, activity.id), 'send', correlationId);
    return ok;
  };

  const postReply = async (
    { channel }: Scene,
    outcome: Outcome,
    person: Person,
    place: Place,
    replyTo: string | undefined,
    correlationId: string,
  ): Promise<Posted> => {
    if (!outcome.reply) return {};
    const to = { person, ...toMessage(replyTo) };
    try {
      const id = await channel.say(place, outcome.reply, to).catch((thrown: unknown) => {
        if (!(thrown instanceof AppError && thrown.code === 'card-invalid')) throw thrown;
        return channel.say(place, { kind: 'text', text: explain(thrown, correlationId) }, to);
      });
      return id === undefined ? {} : { id };
    } catch (error) {
      log.warn({ correlationId, error }, 'answer was not delivered');
      // What may have arrived is not said again; what surely did not may be, should Teams send the activity again.
      return error instanceof AppError && error.code === 'send-unknown' ? {} : { failed: true };
    }
  };

  const onAction = async (
    activity: Activity,
    person: Person,
    place: Place,
    key: ActivityKey,
    correlationId: string,
  ): Promise<HttpAnswer> => {
    const value = asRecord(activity.value);
    const requested = asRecord(value['action']);
    const verb = typeof requested['verb'] === 'string' ? requested['verb'] : '';
    const data = asRecord(requested['data']);
    const automatic = value['trigger'] === 'automatic';
    const dialogId = dialogIdIn(data);
    const remembered = turns.remembered(key, dialogId);
    let { scene, actor } = await sceneOf(remembered?.drill, person);
    const run = (dialog: Dialog | undefined) =>
      runAction(verb, data, automatic, { activity, scene, person: actor, place, correlationId, dialog });
    let outcome = remembered && (await stepFromMemory(key, actor, remembered, run));
    if (outcome === undefined) {
      const before = await turns.look(key, dialogId);
      ({ scene, actor } = await sceneOf(before.drill, person));
      if (before.kind === 'answered') return invokeAnswer(scene, replyAgain(before));
      outcome = await perform(key, actor, before.dialog, true, run);
    }
    if (outcome === undefined) return invokeAnswer(scene, replyAgain(await turns.look(key, dialogId)));
    const sends: Send[] = [...(outcome.sends ?? [])];
    if (outcome.forEverybody && outcome.reply && activity.replyToId !== undefined) {
      sends.unshift({ to: 'replace', activityId: activity.replyToId, reply: outcome.reply });
    }
    if (sends.length > 0) {
      const sent = sendAll(scene, sends, person, place, activity.replyToId).then((activityId) => {
        if (outcome.dialog?.kind === 'start' && activityId !== undefined)
          turns.answered(key, { dialogId: outcome.dialog.id, activityId });
      });
      inBackground(sent, 'send', correlationId);
    }
    return invokeAnswer(scene, outcome.reply);
  };

  /**
   * A step of a dialog on what this process remembers of it, which saves reading it. Only a change counts, since its
   * revision is checked when it is kept; anything else is done on the records.
   */
  const stepFromMemory = async (
    key: ActivityKey,
    person: Person,
    known: Dialog,
    run: (dialog: Dialog | undefined) => Promise<Outcome>,
  ): Promise<Outcome | undefined> => {
    const outcome = await run(known);
    if (outcome.dialog?.kind !== 'update') return undefined;
    return (await keep(key, person, outcome, true)) === 'kept' ? outcome : undefined;
  };

  /** What a repeat of an action gets: what the first one got. */
  const replyAgain = (before: Begin): Reply | undefined =>
    before.kind === 'answered' && before.answer !== null ? replyOf(before.answer as Answer) : undefined;

  /**
   * An extension opens its dialog, or a button in it is pressed. Its buttons are those that it names itself, and what
   * they post goes only to named places: the bot may be no member of the chat that the dialog was opened in.
   */
  const onExtension = async (
    activity: Activity,
    person: Person,
    place: Place,
    key: ActivityKey,
    correlationId: string,
  ): Promise<HttpAnswer> => {
    const call = readExtensionCall(activity.name, activity.value);
    const extension = call && everyday.router.extension(call.commandId);
    if (!extension) {
      log.info({ correlationId, outcome: 'unknown extension' }, 'extension refused');
      return dialogText(notOffered);
    }
    let { scene, actor } = await sceneOf(undefined, person);
    const answer = (reply: Reply | undefined): HttpAnswer =>
      reply?.kind === 'card'
        ? dialogCard(extension.title, scene.renderer.render(reply.card, reply.view))
        : dialogText(reply ? scene.says(reply.text) : 'Done.');
    const turn = turnOf(activity, person, place, correlationId);
    if (call.kind === 'open')
      return answer((await extension.open({ ...turn, message: call.message }, scene.services)).reply);
    const verb = typeof call.data['verb'] === 'string' ? call.data['verb'] : '';
    const isOwn = (extension.verbs as readonly string[]).includes(verb);
    const run = (): Promise<Outcome> =>
      runAction(isOwn ? verb : '', call.data, false, {
        activity,
        scene,
        person: actor,
        place,
        correlationId,
        dialog: undefined,
        inDialog: true,
      });
    // What only reads needs no records, so it works without them.
    if (isOwn && scene.router.action(verb)?.readOnly) return answer((await run()).reply);
    const before = await turns.look(key, '');
    ({ scene, actor } = await sceneOf(before.drill, person));
    if (before.kind === 'answered') return answer(replyAgain(before));
    const outcome = await perform(key, actor, undefined, true, run);
    if (outcome === undefined) return answer(replyAgain(await turns.look(key, '')));
    const sends = (outcome.sends ?? []).filter(({ to }) => typeof to === 'object');
    if (sends.length > 0) inBackground(sendAll(scene, sends, person, place, undefined), 'send', correlationId);
    return answer(outcome.reply);
  };

  /** Somebody searches: what is found is shown to them alone, and nothing is read from or kept in the records. */
  const onSearch = (
    activity: Activity,
    person: Person,
    place: Place,
    _key: ActivityKey,
    correlationId: string,
  ): HttpAnswer => {
    const call = readSearchCall(activity.value);
    const search = call && everyday.router.search(call.commandId);
    if (!search) {
      log.info({ correlationId, outcome: 'unknown search' }, 'extension refused');
      return searchText(notOffered);
    }
    const text = call.parameters.get(search.parameter.name) ?? '';
    const found = search.find({ ...turnOf(activity, person, place, correlationId), text }, everyday.services);
    if (found.length === 0) return searchText('I found nothing. Try other words, or ask me in a chat.');
    return searchResults(
      found
        .slice(call.skip, call.skip + call.count)
        .map(({ title, line, reply }) => ({ title, line, card: everyday.renderer.render(reply.card, reply.view) })),
    );
  };

  interface ActionContext {
    readonly activity: Activity;
    readonly scene: Scene;
    readonly person: Person;
    readonly place: Place;
    readonly dialog: Dialog | undefined;
    readonly correlationId: string;
    readonly inDialog?: boolean;
  }

  const runAction = async (
    verb: string,
    data: Readonly<Record<string, unknown>>,
    onlyRead: boolean,
    context: ActionContext,
  ): Promise<Outcome> => {
    const { router, services } = context.scene;
    let found = router.action(verb);
    // A refresh that the client does on its own must never change anything, whatever verb it carries.
    if (onlyRead && found && !found.readOnly) found = router.showing(verb);
    const parsed = found?.data.safeParse(data);
    if (!found || !parsed?.success) {
      log.info(
        { correlationId: context.correlationId, outcome: found ? 'unfit data' : 'unknown verb' },
        'action refused',
      );
      return {
        reply: {
          kind: 'text',
          text: 'This button does not work any more. Nothing was changed. Write “help” to see what I can do.',
        },
      };
    }
    const turn: ActionTurn = {
      ...turnOf(context.activity, context.person, context.place, context.correlationId),
      data: parsed.data,
      automatic: onlyRead,
      dialog: context.dialog,
      cardActivityId: context.activity.replyToId,
      inDialog: context.inDialog ?? false,
    };
    const outcome = await found.run(turn, services);
    return found.readOnly && (outcome.dialog || outcome.audit || outcome.sends)
      ? { ...(outcome.reply ? { reply: outcome.reply } : {}) }
      : outcome;
  };

  /** Every invoke ends in HTTP 200 with a card or a sentence; anything else makes Teams say "unable to reach app". */
  const invokeAnswer = ({ renderer, says }: Scene, reply: Reply | undefined): HttpAnswer => {
    if (!reply) return messageAnswer('Done.');
    if (reply.kind === 'text') return messageAnswer(says(reply.text));
    const card = renderer.render(reply.card, reply.view);
    return { status: 200, body: `{"statusCode":200,"type":"application/vnd.microsoft.card.adaptive","value":${card}}` };
  };

  const explain = (thrown: unknown, correlationId: string): string => {
    const error = toAppError(thrown);
    log[error.level]({ correlationId, code: error.code, error: thrown }, 'turn failed');
    options.onFailed?.(error.code);
    return error.code === 'database-unavailable'
      ? unavailable
      : `${broken} If it happens again, tell whoever runs this bot: ${correlationId}.`;
  };

  // ---- everything that is not a turn ----------------------------------------------------------------------------

  const onInstallation = async (
    activity: Activity,
    place: Place,
    tenantId: string,
    person: Person | undefined,
  ): Promise<void> => {
    // An upgrade comes as "remove-upgrade" and "add-upgrade": the bot stays, and is known already.
    const removed = activity.type === 'installationUpdate' && activity.action === 'remove';
    const botAdded =
      activity.type === 'installationUpdate'
        ? (activity.action ?? '').startsWith('add')
        : (activity.membersAdded ?? []).some((member) => asRecord(member)['id'] === place.botId);
    if (removed) {
      await places.forgetPersonalChat(tenantId, place.conversationId);
      await places.forgetIntroduction(tenantId, place.conversationId);
      await options.parking.park(tenantId, place.conversationId, 'I was removed there.');
      knownChats.clear();
      return;
    }
    if (!botAdded) return;
    await options.parking.unpark(tenantId, place.conversationId);
    if (place.kind === 'personal' && person) await places.keepPersonalChat(person, place);
    if (!(await places.introduceOnce(tenantId, place.conversationId))) return;
    try {
      await everyday.channel.say(place, introduction(place, everyday.services), person ? { person } : {});
    } catch (error) {
      // The second event of the installation tries again, unless the first try may have arrived.
      if (!(error instanceof AppError && error.code === 'send-unknown'))
        await places.forgetIntroduction(tenantId, place.conversationId);
      throw error;
    }
  };

  const rememberChat = (person: Person, place: Place, correlationId: string): void => {
    const key = `${person.tenantId} ${person.aadObjectId} ${place.conversationId} ${place.serviceUrl}`;
    if (place.kind !== 'personal' || knownChats.has(key)) return;
    if (knownChats.size > 10_000) knownChats.clear();
    knownChats.add(key);
    const kept = places.keepPersonalChat(person, place).catch((error: unknown) => {
      knownChats.delete(key);
      throw error;
    });
    inBackground(kept, 'personal chat', correlationId);
  };

  const dispatch = async (activity: Activity, correlationId: string): Promise<HttpAnswer> => {
    const kind = activity.type;
    const isSearch = kind === 'invoke' && isSearchInvoke(activity.name);
    const isExtension = isSearch || (kind === 'invoke' && isExtensionInvoke(activity.name));
    const isAction = kind === 'invoke' && activity.name === 'adaptiveCard/action';
    const isInvoke = isAction || isExtension;
    if (kind === 'invoke' && !isInvoke) return { status: 501, body: '{}' };
    const sentence = isSearch ? searchText : isExtension ? dialogText : messageAnswer;
    const onInvoke = isSearch ? onSearch : isExtension ? onExtension : onAction;
    const place = placeOf(activity);
    if (!place) return isInvoke ? sentence(broken) : ok;
    const tenantId = activity.conversation?.tenantId ?? activity.channelData?.tenant?.id ?? 'local';
    const known = personOf(activity, tenantId);
    if (kind === 'installationUpdate' || kind === 'conversationUpdate') {
      try {
        await onInstallation(activity, place, tenantId, known);
      } catch (error) {
        log.warn({ correlationId, kind, error }, 'installation was not handled');
      }
      return ok;
    }
    if (kind !== 'message' && !isInvoke) return ok;
    if (!known && isInvoke) return sentence(noGuests);
    const person = known ?? { tenantId, aadObjectId: '', teamsId: activity.from?.id ?? '', name: '' };
    // An extension is called in any chat, also in those of others: that says nothing about where the bot is installed.
    if (known && !isExtension) rememberChat(person, place, correlationId);
    if (!isExtension) inBackground(options.parking.unpark(tenantId, place.conversationId), 'unpark', correlationId);
    if (activity.id === undefined) return isInvoke ? sentence(broken) : ok;
    const key: ActivityKey = { tenantId, conversationId: place.conversationId, activityId: activity.id };
    const name = JSON.stringify([key.tenantId, key.conversationId, key.activityId]);
    const first = underWay.get(name);
    if (first) return first;
    const turn = isInvoke
      ? withBudget(
          budgetMs,
          guarded(
            async () => onInvoke(activity, person, place, key, correlationId),
            (thrown) => sentence(explain(thrown, correlationId)),
          ),
          sentence(isExtension ? tooLong : working),
        )
      : withBudget(
          messageBudgetMs,
          onMessage(activity, person, place, key, correlationId).catch(async (thrown: unknown) => {
            // The records cannot be reached: say so rather than say nothing.
            const reply: Reply = { kind: 'text', text: explain(thrown, correlationId) };
            await postReply(everyday, { reply }, person, place, activity.id, correlationId);
            return ok;
          }),
          ok,
        );
    underWay.set(name, turn);
    try {
      return await turn;
    } finally {
      underWay.delete(name);
    }
  };

  const guarded = async (
    work: () => Promise<HttpAnswer>,
    instead: (thrown: unknown) => HttpAnswer,
  ): Promise<HttpAnswer> => {
    try {
      return await work();
    } catch (thrown) {
      return instead(thrown);
    }
  };

  return {
    async handle(body, authorization, correlationId) {
      const activity = readActivity(body);
      await options.identity.admit(body, activity, authorization);
      return dispatch(activity, correlationId);
    },
    async settle() {
      while (background.size > 0) await Promise.all(background);
      await turns.flush();
    },
  };

  function replyOf(answer: Answer): Reply {
    if ('text' in answer) return { kind: 'text', text: answer.text };
    const card = everyday.services.cards.get(answer.card);
    return card ? { kind: 'card', card, view: answer.view } : { kind: 'text', text: 'This was answered before.' };
  }
}

function answerOf(reply: Reply | undefined): Answer | null {
  if (!reply) return { text: 'Done.' };
  return reply.kind === 'text' ? { text: reply.text } : { card: reply.card.name, view: reply.view };
}

const toMessage = (replyTo: string | undefined) => (replyTo === undefined ? {} : { replyTo });

function messageAnswer(text: string): HttpAnswer {
  return {
    status: 200,
    body: JSON.stringify({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text }),
  };
}

/** The dialog, if it is the one on the card of this answer. */
function dialogShownBy(answer: Answer, dialog: Dialog | undefined): string | undefined {
  return 'view' in answer && asRecord(answer.view)['dialog'] === dialog?.id ? dialog?.id : undefined;
}

/** Teams is answered in time; the work goes on. */
function withBudget(ms: number, work: Promise<HttpAnswer>, instead: HttpAnswer): Promise<HttpAnswer> {
  let timer: NodeJS.Timeout;
  const late = new Promise<HttpAnswer>((resolve) => {
    timer = setTimeout(() => resolve(instead), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function dialogIdIn(data: Readonly<Record<string, unknown>>): string | undefined {
  return typeof data['dialog'] === 'string' ? data['dialog'] : undefined;
}

/** `Action.Submit` (the fallback of older clients) comes as a message whose `value` holds the verb and the inputs. */
function submittedAction(activity: Activity): { verb: string; data: Readonly<Record<string, unknown>> } | undefined {
  const value = asRecord(activity.value);
  return typeof value['verb'] === 'string' ? { verb: value['verb'], data: value } : undefined;
}

function placeOf(activity: Activity): Place | undefined {
  const { conversation, recipient, serviceUrl } = activity;
  if (!conversation || !recipient || serviceUrl === undefined) return undefined;
  const kind =
    conversation.conversationType === 'channel'
      ? 'channel'
      : conversation.conversationType === 'groupChat'
        ? 'group'
        : 'personal';
  return { kind, conversationId: conversation.id, serviceUrl, botId: recipient.id };
}

function personOf(activity: Activity, tenantId: string): Person | undefined {
  const { from } = activity;
  // An anonymous guest of a meeting has no id in the directory, so nothing could be tied to them.
  if (!from || from.aadObjectId === undefined || from.aadObjectId === '' || from.userRole === 'anonymous')
    return undefined;
  return { tenantId, aadObjectId: from.aadObjectId, teamsId: from.id, name: from.name?.trim() || 'Somebody' };
}
