// @ts-check
import { hostConfig } from './host-config.js';

/** Both libraries are plain scripts. @type {any} */
const { AdaptiveCards, markdownit } = globalThis;

const markdown = markdownit({ html: false, linkify: true, breaks: true });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdown.renderer.rules.link_open = (
  /** @type {any[]} */ tokens,
  /** @type {number} */ at,
  /** @type {any} */ options,
  /** @type {any} */ _,
  /** @type {any} */ self,
) => {
  tokens[at].attrSet('target', '_blank');
  tokens[at].attrSet('rel', 'noopener noreferrer');
  return self.renderToken(tokens, at, options);
};

/** The newest schema that Teams knows. */
const NEWEST = [1, 5];

/**
 * HTML of Markdown, with mentions marked. Markdown's own HTML is off, so a tag that somebody typed is text:
 * what is looked for here is the escaped tag.
 * @param {string} text @param {readonly string[]} mentions
 */
export function toHtml(text, mentions) {
  return markMentions(markdown.render(text), mentions);
}

/** HTML of text that is no Markdown. @param {string} text @param {readonly string[]} mentions */
export function plainToHtml(text, mentions) {
  return `<p>${markMentions(markdown.utils.escapeHtml(text), mentions).replaceAll('\n', '<br>')}</p>`;
}

/** @param {string} html @param {readonly string[]} mentions */
function markMentions(html, mentions) {
  return html.replace(/&lt;at&gt;(.*?)&lt;\/at&gt;/g, (whole, name) => {
    return mentions.some((one) => markdown.utils.escapeHtml(one) === name)
      ? `<span class="mention">${name}</span>`
      : whole;
  });
}

/**
 * @param {any} json the card
 * @param {{ theme: 'light' | 'dark', timeZone: string, onAction: (action: any, pressed: HTMLElement | undefined) => void }} options
 * @returns {HTMLElement}
 */
export function renderCard(json, { theme, timeZone, onAction }) {
  const host = document.createElement('div');
  host.className = 'card';
  host.dataset.testid = 'card';
  host.tabIndex = -1;
  host.setAttribute('role', 'group');
  host.setAttribute('aria-label', json?.speak ?? json?.fallbackText ?? 'Card');

  const [major = 0, minor = 0] = String(json?.version ?? '1.0')
    .split('.')
    .map(Number);
  if (major > NEWEST[0] || (major === NEWEST[0] && minor > NEWEST[1])) {
    host.append(json?.fallbackText ?? `This card has version ${json?.version}; Teams knows 1.5.`);
    return host;
  }
  const mentions = (json?.msteams?.entities ?? []).map((/** @type {any} */ one) => one?.mentioned?.name);
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfig(theme));
  const context = new AdaptiveCards.SerializationContext();
  card.parse(withLocalTimes(json, timeZone), context);
  for (let i = 0; i < context.eventCount; i++) console.warn('Card:', context.getEventAt(i).message);
  card.onExecuteAction = (/** @type {any} */ action) => execute(action, onAction);
  // The library keeps one Markdown function for all cards; drawing is synchronous, so it can be this card's.
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (/** @type {string} */ text, /** @type {any} */ result) => {
    result.outputHtml = toHtml(text, mentions);
    result.didProcess = true;
  };
  const drawn = card.render();
  if (drawn) host.append(drawn);
  return host;
}

/** @param {any} action @param {(action: any, pressed: HTMLElement | undefined) => void} onAction */
function execute(action, onAction) {
  const type = action.getJsonTypeName();
  if (type === 'Action.OpenUrl') {
    if (/^(https?|mailto):/i.test(action.url ?? '')) window.open(action.url, '_blank', 'noopener,noreferrer');
    return;
  }
  if (type !== 'Action.Execute' && type !== 'Action.Submit') return;
  // A copy of the action as the card has it, with the inputs merged into data.
  const { id, title, verb } = action.toJSON();
  onAction({ type, id, title, verb, data: action.data ?? {} }, action.renderedElement);
}

/**
 * `{{DATE(...)}}` and `{{TIME(...)}}` in the zone of the person who reads, which is not that of the browser.
 * @param {any} value @param {string} timeZone @returns {any}
 */
function withLocalTimes(value, timeZone) {
  if (Array.isArray(value)) return value.map((item) => withLocalTimes(item, timeZone));
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withLocalTimes(item, timeZone)]));
  }
  if (typeof value !== 'string' || !value.includes('{{')) return value;
  return value.replace(/\{\{(DATE|TIME)\(([^,)]+)(?:,\s*(COMPACT|SHORT|LONG))?\)\}\}/g, (whole, kind, stamp, style) => {
    const date = new Date(stamp);
    if (Number.isNaN(date.getTime())) return whole;
    if (kind === 'TIME') return date.toLocaleTimeString('en-US', { timeZone, hour: 'numeric', minute: '2-digit' });
    const long = style === 'LONG' ? 'long' : 'short';
    /** @type {Intl.DateTimeFormatOptions} */
    const words = { weekday: long, month: long, day: 'numeric', year: 'numeric' };
    return date.toLocaleDateString('en-US', style ? { timeZone, ...words } : { timeZone });
  });
}

/**
 * Nothing in a card can be pressed twice while its action runs. Returns what gives the buttons back.
 * @param {HTMLElement} card @param {HTMLElement | undefined} pressed
 */
export function setWorking(card, pressed) {
  const controls = /** @type {NodeListOf<HTMLButtonElement>} */ (
    card.querySelectorAll('button, input, select, textarea')
  );
  const before = [...controls].map((control) => control.disabled);
  for (const control of controls) control.disabled = true;
  card.setAttribute('aria-busy', 'true');
  pressed?.classList.add('working');
  return () => {
    controls.forEach((control, i) => (control.disabled = before[i] ?? false));
    card.removeAttribute('aria-busy');
    pressed?.classList.remove('working');
  };
}
