// @ts-check
import { post } from './api.js';
import { renderCard, setWorking } from './cards.js';

/**
 * What Teams calls message extensions: entries of the menu of a message and buttons at a compose box. They open a dialog
 * that only this person sees.
 *
 * @typedef {{ id: string, title: string, type: 'action' | 'query', contexts: string[] }} Extension
 * @typedef {{ extensions: Extension[], as: string, timeZone: string, theme: 'light' | 'dark' }} Who
 * @typedef {{ place: 'personal' | 'channel', context: 'message' | 'compose', messageId?: string }} From
 */

const MORE =
  '<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="4.5" cy="10" r="1.5"/><circle cx="10" cy="10" r="1.5"/><circle cx="15.5" cy="10" r="1.5"/></svg>';

/** @param {() => Who} who */
export function createExtensions(who) {
  /** @param {'message' | 'compose'} context */
  const offered = (context) =>
    who().extensions.filter((one) => one.type === 'action' && one.contexts.includes(context));

  /** The "…" of a message; nothing where no extension is offered. @param {{ id: string, place: From['place'] }} message */
  const messageMenu = (message) => {
    const found = offered('message');
    if (found.length === 0) return undefined;
    const menu = document.createElement('details');
    menu.className = 'more';
    menu.dataset.testid = 'more';
    menu.innerHTML = `<summary aria-label="More options">${MORE}</summary><div class="more-list"></div>`;
    const list = /** @type {HTMLElement} */ (menu.querySelector('.more-list'));
    for (const extension of found) {
      list.append(
        button(extension.title, () => {
          menu.open = false;
          void open(extension, { place: message.place, context: 'message', messageId: message.id });
        }),
      );
    }
    menu.addEventListener('focusout', (event) => {
      if (!menu.contains(/** @type {Node | null} */ (event.relatedTarget))) menu.open = false;
    });
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
    });
    return menu;
  };

  /** Buttons below a compose box. @param {From['place']} place */
  const composeButtons = (place) => {
    const line = document.createElement('p');
    line.className = 'extensions';
    for (const extension of offered('compose'))
      line.append(button(extension.title, () => void open(extension, { place, context: 'compose' })));
    line.hidden = line.childElementCount === 0;
    return line;
  };

  /** @param {Extension} extension @param {From} from */
  const open = async (extension, from) => {
    const dialog = emptyDialog(extension.title);
    const body = /** @type {HTMLElement} */ (dialog.querySelector('.task-body'));
    document.body.append(dialog);
    dialog.showModal();
    /** @param {any} [data] @returns {Promise<void>} */
    const ask = async (data) => {
      const outcome = await post('/api/extension', {
        as: who().as,
        commandId: extension.id,
        ...from,
        ...(data === undefined ? {} : { data }),
      });
      if (outcome.kind !== 'dialog') {
        body.querySelector('.task-note')?.remove();
        // A sentence takes the place of the card; an error leaves it, so that nothing that was typed is lost.
        if (outcome.kind === 'notice') body.replaceChildren();
        body.append(note(outcome.text ?? '', outcome.kind === 'notice'));
        return;
      }
      /** @type {HTMLElement} */ (dialog.querySelector('h2')).textContent = outcome.title ?? extension.title;
      const card = renderCard(outcome.card, {
        theme: who().theme,
        timeZone: who().timeZone,
        onAction: (action, pressed) => {
          const giveBack = setWorking(card, pressed);
          void ask(action.data ?? {}).then(giveBack);
        },
      });
      body.replaceChildren(card);
      card.focus({ preventScroll: true });
      body.scrollTop = 0;
    };
    await ask();
  };

  return { messageMenu, composeButtons };
}

/** @param {string} title */
function emptyDialog(title) {
  const dialog = document.createElement('dialog');
  dialog.className = 'task';
  dialog.dataset.testid = 'task-dialog';
  dialog.innerHTML = `<header><h2></h2><button type="button" class="quiet-button" data-testid="task-close">Close</button></header>
    <div class="task-body"><p class="task-note" role="status">One moment…</p></div>`;
  /** @type {HTMLElement} */ (dialog.querySelector('h2')).textContent = title;
  dialog.setAttribute('aria-label', title);
  /** @type {HTMLButtonElement} */ (dialog.querySelector('button')).onclick = () => dialog.close();
  dialog.addEventListener('close', () => dialog.remove());
  return dialog;
}

/** @param {string} text @param {boolean} isNotice */
function note(text, isNotice) {
  const line = document.createElement('p');
  line.className = 'task-note';
  line.dataset.testid = 'task-note';
  line.setAttribute('role', isNotice ? 'status' : 'alert');
  line.textContent = text;
  return line;
}

/** @param {string} title @param {() => void} onClick */
function button(title, onClick) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = title;
  element.onclick = onClick;
  return element;
}
