// @ts-check
import { plainToHtml, renderCard, toHtml } from './cards.js';

/** @typedef {import('./api.js').Message} Message */

/**
 * @typedef {{ theme: 'light' | 'dark', me: import('./api.js').Person,
 *   onAction: (message: Message, card: HTMLElement, action: any, pressed: HTMLElement | undefined) => void,
 *   menu: (message: Message) => HTMLElement | undefined }} Look
 */

const COLOURS = ['#cfe4fa #0c3b5e', '#f9d2dc #63101f', '#dbebc7 #294903', '#f4e0c4 #5c3a06', '#e2dbf5 #3c2a70'];

/** @param {HTMLElement} element @param {string} name */
export function drawAvatar(element, name) {
  const sum = [...name].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  const [back = '', front = ''] = (COLOURS[sum % COLOURS.length] ?? '').split(' ');
  element.className = 'avatar';
  element.style.background = back;
  element.style.color = front;
  element.textContent = name
    .split(' ')
    .map((word) => word[0])
    .slice(0, 2)
    .join('');
}

/** @param {Message} message @param {Look} look */
export function renderMessage(message, look) {
  const article = document.createElement('article');
  article.className = `message ${message.from.key === look.me.key ? 'mine' : ''} ${message.from.isBot ? 'from-bot' : ''}`;
  article.dataset.testid = 'message';
  article.dataset.messageId = message.id;
  article.dataset.revision = message.revision;

  const avatar = document.createElement('span');
  if (message.from.isBot) avatar.className = 'avatar bot';
  else drawAvatar(avatar, message.from.name);
  avatar.ariaHidden = 'true';

  const head = document.createElement('header');
  const name = document.createElement('strong');
  name.textContent = message.from.name;
  const time = document.createElement('time');
  time.dateTime = new Date(message.at).toISOString();
  time.textContent = clock(message.at, look.me.timeZone);
  head.append(name, time);
  if (message.edited) head.append(note('edited', 'Edited'));
  if (message.isOwnView && message.place === 'channel') head.append(note('own-view', 'Only you see this version'));

  const body = document.createElement('div');
  body.className = 'body';
  if (message.text !== undefined) {
    const bubble = document.createElement('div');
    bubble.className = 'bubble';
    bubble.dataset.testid = 'message-text';
    const isMarkdown = message.from.isBot && message.textFormat !== 'plain';
    bubble.innerHTML = isMarkdown
      ? toHtml(message.text, message.mentions)
      : plainToHtml(message.text, message.mentions);
    body.append(bubble);
  }
  for (const json of message.cards) {
    const card = renderCard(json, {
      theme: look.theme,
      timeZone: look.me.timeZone,
      onAction: (action, pressed) => look.onAction(message, card, action, pressed),
    });
    body.append(card);
  }
  for (const kind of message.unsupported)
    body.append(note('unsupported', `An attachment of type ${kind} is not drawn here.`));
  article.append(avatar, head, body);
  const menu = look.menu(message);
  if (menu) article.append(menu);
  return article;
}

/** The line under a card that tells what came of a press. @param {Element} article @param {import('./api.js').Outcome | undefined} outcome */
export function showOutcome(article, outcome) {
  article.querySelector('.outcome')?.remove();
  if (!outcome?.text) return;
  const isNotice = outcome.kind === 'notice';
  const line = note(`outcome ${isNotice ? 'is-notice' : 'is-error'}`, outcome.text);
  line.dataset.testid = isNotice ? 'card-notice' : 'card-error';
  line.setAttribute('role', isNotice ? 'status' : 'alert');
  article.querySelector('.body')?.append(line);
  line.scrollIntoView({ block: 'nearest' });
}

/** What a screen reader says of a new message. @param {Message} message @param {Element} article */
export function spokenText(message, article) {
  const text = article.querySelector('.body')?.textContent ?? '';
  const spoken = message.cards[0]?.speak ?? message.cards[0]?.fallbackText ?? text;
  return `${message.from.name}: ${String(spoken).replace(/\s+/g, ' ').slice(0, 250)}`;
}

/** @param {Message} message @param {Element} article */
export function preview(message, article) {
  const text = article.querySelector('.bubble, .ac-textBlock')?.textContent ?? 'Card';
  return `${message.from.isBot ? '' : 'You: '}${text.trim().slice(0, 80)}`;
}

/** @param {string} className @param {string} text */
function note(className, text) {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

/** @param {number} at @param {string} timeZone */
function clock(at, timeZone) {
  const day = (/** @type {number} */ when) =>
    new Date(when).toLocaleDateString('en-US', { timeZone, month: 'short', day: 'numeric' });
  const time = new Date(at).toLocaleTimeString('en-US', { timeZone, hour: 'numeric', minute: '2-digit' });
  return day(at) === day(Date.now()) ? time : `${day(at)}, ${time}`;
}
