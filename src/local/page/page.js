// @ts-check
import { listen, loadState, post } from './api.js';
import { setWorking } from './cards.js';
import { createComposer } from './composer.js';
import { createExtensions } from './extensions.js';
import { drawAvatar, preview, renderMessage, showOutcome, spokenText } from './messages.js';

/**
 * @typedef {import('./api.js').Message} Message
 * @typedef {import('./api.js').State} State
 * @typedef {'personal' | 'channel'} PlaceName
 */

const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
const byId = (/** @type {string} */ testid) => find(`[data-testid=${testid}]`);
const switcher = /** @type {HTMLSelectElement} */ (byId('person-switcher'));
const live = byId('live-region');
const panes = { personal: find('[data-pane=personal]'), channel: find('[data-pane=channel]') };

/** @type {State} */
let state;
/** @type {Map<string, { view: Message, element: HTMLElement }>} */
let messages = new Map();
/** @type {PlaceName} */
let place = new URLSearchParams(location.search).get('place') === 'channel' ? 'channel' : 'personal';
/** @type {'light' | 'dark'} */
let theme = startTheme();
const unread = { personal: 0, channel: 0 };
/** Other people of this page that got a message. @type {Set<string>} */
const elsewhere = new Set();
/** Cards whose refresh was asked for, by message and revision: a refresh that failed is not repeated, as in Teams. */
const refreshed = new Set();
/** Messages whose action runs now. */
const running = new Set();
/** Messages whose next drawing gets the focus: the button that had it goes away with the old card. */
const focusNext = new Set();
const extensions = createExtensions(() => ({
  extensions: state.extensions,
  as: state.me.key,
  timeZone: state.me.timeZone,
  theme,
}));
let stopListening = () => {};
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typingEnds;

// ---- The person at the page -------------------------------------------------------------------

/** @param {string} key */
async function become(key) {
  stopListening();
  // The stream is opened first, so that nothing falls between it and the state.
  /** @type {(() => void)[] | undefined} */
  let early = [];
  const when = (/** @type {(data: any) => void} */ handle) => (/** @type {any} */ data) => {
    if (early) early.push(() => handle(data));
    else handle(data);
  };
  const stream = listen(
    key,
    {
      message: when(upsert),
      removed: when(({ id }) => remove(id)),
      typing: when(showTyping),
      install: when(({ installed }) => setInstalled(installed)),
      bot: when(({ problem }) => showBotProblem(problem)),
      elsewhere: when(({ person }) => markElsewhere(person)),
    },
    () => void catchUp(key),
  );
  stopListening = stream.stop;
  try {
    await stream.opened;
    state = await loadState(key);
  } catch (error) {
    if (key === 'priya') throw error;
    return become('priya');
  }
  elsewhere.delete(state.me.key);
  unread.personal = unread.channel = 0;
  setParam('as', state.me.key);
  drawFrame();
  drawPanes();
  const missed = early;
  early = undefined;
  missed.forEach((handle) => handle());
}

/** After a lost connection: what was missed is drawn, and what is being typed stays. @param {string} key */
async function catchUp(key) {
  const now = await loadState(key);
  const wasInstalled = state.installed;
  state = now;
  const there = new Set(now.messages.map((view) => view.id));
  for (const id of [...messages.keys()]) if (!there.has(id)) remove(id);
  for (const view of now.messages) upsert(view);
  if (now.installed !== wasInstalled) setInstalled(now.installed);
  showBotProblem(now.botProblem);
}

function drawFrame() {
  const { me, people, bot, team, channel } = state;
  drawAvatar(find('[data-me-avatar]'), me.name);
  drawSwitcher(people);
  find('[data-bot-name]').textContent = bot.name;
  find('[data-team-name]').textContent = team.name;
  find('.list .avatar.team').textContent = team.name
    .split(' ')
    .map((word) => word[0])
    .slice(0, 2)
    .join('');
  find('[data-channel-name]').textContent = channel.name;
  showBotProblem(state.botProblem);
}

/** @param {import('./api.js').Person[]} people */
function drawSwitcher(people) {
  switcher.replaceChildren(
    ...people.map((person) => {
      const news = elsewhere.has(person.key) ? ' • new message' : '';
      return new Option(`${person.name} (${person.role})${news}`, person.key, false, person.key === state.me.key);
    }),
  );
  switcher.value = state.me.key;
  switcher.closest('.me')?.classList.toggle('has-news', elsewhere.size > 0);
  const names = people.filter((person) => elsewhere.has(person.key)).map((person) => person.name);
  switcher.title = names.length > 0 ? `New message for ${names.join(', ')}` : '';
}

/** @param {string} key */
function markElsewhere(key) {
  elsewhere.add(key);
  drawSwitcher(state.people);
  const name = state.people.find((person) => person.key === key)?.name;
  live.textContent = `New message for ${name}.`;
}

// ---- The two panes ----------------------------------------------------------------------------

function drawPanes() {
  messages = new Map();
  panes.personal.innerHTML = `
    <div class="scroll" tabindex="0" role="log" aria-live="off" aria-label="Messages"><div class="stream"></div><p class="typing" hidden></p></div>
    <footer class="footer"></footer>`;
  panes.channel.innerHTML = `
    <div class="scroll" tabindex="0" role="region" aria-label="Posts"><div class="stream"></div><p class="typing" hidden></p></div>
    <footer class="footer"></footer>`;
  setInstalled(state.installed);
  drawNewPost();
  for (const view of state.messages) upsert(view);
  drawPreview();
  select(place, false);
}

/** @param {boolean} installed */
function setInstalled(installed) {
  state.installed = installed;
  const footer = /** @type {HTMLElement} */ (panes.personal.querySelector('.footer'));
  if (installed) {
    const composer = createComposer({
      testid: 'composer-personal',
      label: `Message to ${state.bot.name}`,
      placeholder: 'Type a message',
      mentionsBot: false,
      botName: state.bot.name,
      names: state.people.map((person) => person.name),
      onSend: (text) => sendText({ place: 'personal' }, text),
    });
    footer.replaceChildren(hints(composer.setText), composer.element, extensions.composeButtons('personal'));
  } else {
    footer.replaceChildren(addPanel());
  }
  drawHeader();
  drawPreview();
}

/** @param {(text: string) => void} use */
function hints(use) {
  const line = document.createElement('p');
  line.className = 'hints';
  line.dataset.testid = 'hints';
  line.append('Try ');
  for (const hint of state.hints) {
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.testid = 'hint';
    button.textContent = hint;
    button.onclick = () => use(hint);
    line.append(button);
  }
  return line;
}

function addPanel() {
  const panel = document.createElement('div');
  panel.className = 'add-app';
  panel.innerHTML = `<span class="avatar bot large" aria-hidden="true"></span><h2></h2>
    <p>The app is not in this chat yet. It cannot write to ${state.me.name.split(' ')[0]} until it is added.</p>
    <button type="button" class="primary" data-testid="add-app">Add app</button>
    <p class="composer-problem" role="alert" hidden></p>`;
  /** @type {HTMLElement} */ (panel.querySelector('h2')).textContent = state.bot.name;
  const button = /** @type {HTMLButtonElement} */ (panel.querySelector('button'));
  button.onclick = async () => {
    button.disabled = true;
    button.textContent = 'Adding…';
    const outcome = await post('/api/install', { as: state.me.key, installed: true });
    if (outcome.kind === 'done') {
      /** @type {HTMLElement | null} */ (panes.personal.querySelector('textarea'))?.focus();
      return;
    }
    // The stream may already have put a new panel here.
    const current = panes.personal.querySelector('.add-app');
    const problem = /** @type {HTMLElement | null} */ (current?.querySelector('.composer-problem'));
    if (problem) {
      problem.textContent = outcome.text ?? '';
      problem.hidden = false;
    }
    button.disabled = false;
    button.textContent = 'Add app';
  };
  return panel;
}

function drawNewPost() {
  const footer = /** @type {HTMLElement} */ (panes.channel.querySelector('.footer'));
  const start = document.createElement('button');
  start.type = 'button';
  start.className = 'primary';
  start.dataset.testid = 'start-post';
  start.innerHTML = `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M13.9 2.9a2.1 2.1 0 0 1 3 3L7.5 15.3l-4.2 1.3 1.3-4.2z" fill="none" stroke="currentColor" stroke-width="1.4"/></svg>Start a new post`;
  const composer = channelComposer('composer-post', 'New post', 'Start a new post', undefined);
  const line = hints(composer.setText);
  const buttons = extensions.composeButtons('channel');
  const empty = buttons.hidden;
  line.hidden = composer.element.hidden = buttons.hidden = true;
  start.onclick = () => {
    start.hidden = true;
    line.hidden = composer.element.hidden = false;
    buttons.hidden = empty;
    composer.focus();
  };
  footer.replaceChildren(start, line, composer.element, buttons);
}

/** @param {string} testid @param {string} label @param {string} placeholder @param {string | undefined} rootId */
function channelComposer(testid, label, placeholder, rootId) {
  return createComposer({
    testid,
    label,
    placeholder,
    mentionsBot: true,
    botName: state.bot.name,
    names: state.people.map((person) => person.name),
    onSend: (text) => sendText({ place: 'channel', ...(rootId ? { rootId } : {}) }, text),
  });
}

/** @param {{ place: PlaceName, rootId?: string }} where @param {string} text */
async function sendText(where, text) {
  const outcome = await post('/api/send', { as: state.me.key, ...where, text });
  if (outcome.kind === 'unreachable') showBotProblem(outcome.text);
  return outcome;
}

/** @param {PlaceName} to @param {boolean} [focus] */
function select(to, focus = true) {
  place = to;
  setParam('place', to);
  unread[to] = 0;
  panes.personal.hidden = to !== 'personal';
  panes.channel.hidden = to !== 'channel';
  for (const button of document.querySelectorAll('button[data-place]')) {
    const isCurrent = /** @type {HTMLElement} */ (button).dataset.place === to;
    button.classList.toggle('current', isCurrent);
    if (isCurrent) button.setAttribute('aria-current', 'page');
    else button.removeAttribute('aria-current');
  }
  drawHeader();
  drawUnread();
  showList(false);
  toBottom(to);
  refreshDue();
  if (focus) find(to === 'personal' ? '[data-pane=personal] textarea' : '#main')?.focus({ preventScroll: true });
}

function drawHeader() {
  const personal = place === 'personal';
  const avatar = find('[data-header-avatar]');
  avatar.className = `avatar ${personal ? 'bot' : 'team'}`;
  avatar.textContent = personal ? '' : find('.list .avatar.team').textContent;
  byId('pane-title').textContent = personal ? state.bot.name : state.channel.name;
  find('[data-header-note]').textContent = personal ? 'App' : state.team.name;
  byId('remove-app').hidden = !personal || !state.installed;
}

function drawUnread() {
  for (const badge of document.querySelectorAll('[data-unread]')) {
    const element = /** @type {HTMLElement} */ (badge);
    const number = unread[/** @type {PlaceName} */ (element.dataset.unread)];
    element.hidden = number === 0;
    element.textContent = String(number);
    element.setAttribute('aria-label', `${number} unread`);
  }
  const total = unread.personal + unread.channel;
  document.title = `${total > 0 ? `(${total}) ` : ''}${state.me.name.split(' ')[0]} | Local Teams`;
}

// ---- Messages ---------------------------------------------------------------------------------

/** Draws a new message, or draws a changed one again in its place. @param {Message} view */
function upsert(view) {
  const known = messages.get(view.id);
  if (known && known.view.revision === view.revision) return;
  const element = renderMessage(view, { theme, me: state.me, onAction: press, menu: extensions.messageMenu });
  messages.set(view.id, { view, element });
  const scroll = scrollOf(view.place);
  if (known) {
    const wasPressed = focusNext.delete(view.id) && document.activeElement === document.body;
    const hadFocus = known.element.contains(document.activeElement) || wasPressed;
    const top = scroll.scrollTop;
    // What changes above the visible part must not push it.
    const isAbove = known.element.getBoundingClientRect().bottom < scroll.getBoundingClientRect().top;
    const height = scroll.scrollHeight;
    known.element.replaceWith(element);
    scroll.scrollTop = top + (isAbove ? scroll.scrollHeight - height : 0);
    if (hadFocus) /** @type {HTMLElement | null} */ (element.querySelector('.card'))?.focus({ preventScroll: true });
  } else {
    const isAtBottom = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    streamOf(view).append(element);
    if (view.from.isBot) hideTyping();
    const isMine = view.from.key === state.me.key;
    const isReply = view.rootId !== undefined && view.rootId !== view.id;
    if (isMine && isReply) element.closest('.thread')?.lastElementChild?.scrollIntoView({ block: 'nearest' });
    else if (isMine || (isAtBottom && !isReply)) scroll.scrollTop = scroll.scrollHeight;
    else if (isAtBottom) element.scrollIntoView({ block: 'nearest' });
  }
  drawPreview();
  // Messages that were there when the page was drawn are no news.
  if (!known && !state.messages.includes(view)) {
    if (view.from.isBot) live.textContent = spokenText(view, element);
    if (view.from.key !== state.me.key && (view.place !== place || document.hidden)) {
      unread[view.place] += 1;
      drawUnread();
    }
  }
  if (known && view.from.isBot && !running.has(view.id)) live.textContent = `Updated. ${spokenText(view, element)}`;
  void refresh(view);
}

/** @param {string} id */
function remove(id) {
  const known = messages.get(id);
  messages.delete(id);
  if (known?.view.rootId === id) known.element.closest('.thread')?.remove();
  else known?.element.remove();
  drawPreview();
}

/** The last message of the chat, in the list. */
function drawPreview() {
  const last = [...messages.values()].findLast(({ view }) => view.place === 'personal');
  find('[data-preview=personal]').textContent = last
    ? preview(last.view, last.element)
    : state.installed
      ? ''
      : 'Not added yet';
}

/** Where a message is drawn. @param {Message} view @returns {Element} */
function streamOf(view) {
  const stream = /** @type {Element} */ (panes[view.place].querySelector('.stream'));
  if (view.rootId === undefined) return stream;
  const known = stream.querySelector(`[data-root-id="${CSS.escape(view.rootId)}"] .thread-messages`);
  if (known) return known;

  const { rootId } = view;
  const thread = document.createElement('section');
  thread.className = 'thread';
  thread.dataset.rootId = rootId;
  thread.dataset.testid = 'thread';
  thread.ariaLabel = `Thread of ${view.from.name}`;
  thread.innerHTML =
    '<div class="thread-messages"></div><button type="button" class="reply" data-testid="reply">Reply</button>';
  const button = /** @type {HTMLButtonElement} */ (thread.querySelector('.reply'));
  button.onclick = () => {
    const composer = channelComposer('composer-reply', 'Reply', 'Reply', rootId);
    button.replaceWith(composer.element);
    composer.focus();
    thread.scrollIntoView({ block: 'nearest' });
  };
  stream.append(thread);
  return /** @type {Element} */ (thread.querySelector('.thread-messages'));
}

/** @param {Message} message @param {HTMLElement} card @param {any} action @param {HTMLElement | undefined} pressed */
async function press(message, card, action, pressed) {
  if (running.has(message.id)) return;
  running.add(message.id);
  focusNext.add(message.id);
  showOutcome(card.closest('.message') ?? card, undefined);
  const giveBack = setWorking(card, pressed);
  const outcome = await post('/api/press', { as: state.me.key, messageId: message.id, action });
  giveBack();
  running.delete(message.id);
  // The stream brings a new card a moment before or after this answer.
  if (outcome.kind !== 'card') focusNext.delete(message.id);
  const current = messages.get(message.id);
  if (!current) return;
  if (outcome.kind !== 'card' && outcome.kind !== 'done') showOutcome(current.element, outcome);
  if (outcome.kind === 'notice') live.textContent = outcome.text ?? '';
  // A disabled button loses the focus; somebody who went on to type keeps it.
  const isFocusLost = document.activeElement === document.body;
  if (isFocusLost && current.element.contains(card)) pressed?.focus({ preventScroll: true });
  void refresh(current.view);
}

/** Asks for this person's own card when it is due, and only while the card is to be seen. @param {Message} view */
async function refresh(view) {
  const key = `${state.me.key} ${view.id} ${view.revision}`;
  if (!view.refreshDue || view.place !== place || running.has(view.id) || refreshed.has(key)) return;
  refreshed.add(key);
  await post('/api/refresh', { as: state.me.key, messageId: view.id });
}

function refreshDue() {
  for (const { view } of messages.values()) void refresh(view);
}

// ---- Small things -----------------------------------------------------------------------------

/** @param {{ place: PlaceName }} where */
function showTyping({ place: where }) {
  const line = /** @type {HTMLElement} */ (panes[where].querySelector('.typing'));
  line.textContent = `${state.bot.name} is typing…`;
  line.hidden = false;
  clearTimeout(typingEnds);
  typingEnds = setTimeout(hideTyping, 8_000);
}

function hideTyping() {
  for (const line of document.querySelectorAll('.typing')) /** @type {HTMLElement} */ (line).hidden = true;
}

/** @param {string | undefined} problem */
function showBotProblem(problem) {
  const notice = byId('bot-notice');
  notice.hidden = !problem;
  notice.textContent = problem ?? '';
}

/** @param {PlaceName} where */
function scrollOf(where) {
  return /** @type {HTMLElement} */ (panes[where].querySelector('.scroll'));
}

/** @param {PlaceName} where */
function toBottom(where) {
  const scroll = scrollOf(where);
  scroll.scrollTop = scroll.scrollHeight;
}

/** The list lies over the conversation on a narrow screen. @param {boolean} open */
function showList(open) {
  document.body.classList.toggle('list-open', open);
  byId('show-list').setAttribute('aria-expanded', String(open));
}

/** @param {string} name @param {string} value */
function setParam(name, value) {
  const url = new URL(location.href);
  url.searchParams.set(name, value);
  history.replaceState(null, '', url);
}

/** @returns {'light' | 'dark'} */
function startTheme() {
  const wanted = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem('theme');
  const dark = wanted ? wanted === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  return dark ? 'dark' : 'light';
}

function showTheme() {
  document.documentElement.dataset.theme = theme;
  byId('theme-toggle').setAttribute('aria-pressed', String(theme === 'dark'));
}

showTheme();
byId('theme-toggle').onclick = () => {
  theme = theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', theme);
  setParam('theme', theme);
  showTheme();
  // The colours of a card are set when it is drawn.
  for (const known of messages.values()) {
    const element = renderMessage(known.view, { theme, me: state.me, onAction: press, menu: extensions.messageMenu });
    known.element.replaceWith(element);
    known.element = element;
  }
};
byId('show-list').onclick = () => showList(!document.body.classList.contains('list-open'));
byId('remove-app').onclick = async () => {
  const outcome = await post('/api/install', { as: state.me.key, installed: false });
  if (outcome.text) showBotProblem(outcome.text);
};
switcher.onchange = () => void become(switcher.value);
for (const button of document.querySelectorAll('button[data-place]')) {
  /** @type {HTMLElement} */ (button).onclick = () => select(/** @type {any} */ (button).dataset.place);
}
addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  unread[place] = 0;
  drawUnread();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') showList(false);
});

await become(new URLSearchParams(location.search).get('as') ?? 'priya');
