// @ts-check

const SEND =
  '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M2.72 2.05 18.26 9.6a.45.45 0 0 1 0 .8L2.72 17.95a.45.45 0 0 1-.64-.5L3.9 10.9l7.35-.65c.3-.03.3-.47 0-.5L3.9 9.1 2.08 2.55a.45.45 0 0 1 .64-.5Z"/></svg>';
const CLOSE =
  '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="m2.6 2.1 3.4 3.4 3.4-3.4.5.5L6.5 6l3.4 3.4-.5.5L6 6.5 2.6 9.9l-.5-.5L5.5 6 2.1 2.6z"/></svg>';
let count = 0;

/**
 * A text field with mentions. Enter sends, Shift+Enter starts a line.
 * @param {{ testid: string, label: string, placeholder: string, mentionsBot: boolean, botName: string, names: string[],
 *   onSend: (text: string) => Promise<import('./api.js').Outcome> }} options
 */
export function createComposer(options) {
  const { testid, label, placeholder, botName, names, onSend } = options;
  const id = `composer-${count++}`;
  const element = document.createElement('form');
  element.className = 'composer';
  element.dataset.testid = testid;
  element.innerHTML = `
    <p class="composer-warning" data-testid="mention-warning" role="status" hidden></p>
    <div class="composer-box">
      <span class="chip" data-testid="mention-chip" hidden>
        <span></span><button type="button" data-testid="mention-remove">${CLOSE}</button>
      </span>
      <textarea rows="1" id="${id}" data-testid="composer-input" aria-autocomplete="list" aria-controls="${id}-names"></textarea>
      <button type="submit" class="send" data-testid="send" aria-label="Send">${SEND}</button>
      <ul class="names" id="${id}-names" role="listbox" aria-label="People to mention" data-testid="mention-list" hidden></ul>
    </div>
    <p class="composer-problem" role="alert" data-testid="composer-problem" hidden></p>`;
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (element.querySelector(selector));
  const field = /** @type {HTMLTextAreaElement} */ (element.querySelector('textarea'));
  const [chip, warning, problem, list] = ['.chip', '.composer-warning', '.composer-problem', '.names'].map(find);
  field.setAttribute('aria-label', label);
  field.placeholder = placeholder;
  find('.chip span').textContent = botName;
  find('.chip button').setAttribute('aria-label', `Do not mention ${botName}`);
  warning.innerHTML = `<span></span> <button type="button" data-testid="mention-add">Mention it</button>`;
  find('.composer-warning span').textContent =
    `${botName} will not see this: in a channel a bot gets only messages that @mention it.`;

  let chosen = options.mentionsBot;
  if (!chosen) for (const part of [chip, warning]) part.remove();
  let active = 0;
  const showMention = () => {
    const inText = field.value.includes(`@${botName}`);
    chip.hidden = !chosen;
    warning.hidden = !options.mentionsBot || chosen || inText;
  };
  const grow = () => {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 240)}px`;
  };

  /** What is typed after the last "@" up to the cursor. */
  const query = () =>
    field.value
      .slice(0, field.selectionStart)
      .match(/(?:^|\s)@([\p{L} ]{0,30})$/u)?.[1]
      ?.toLowerCase();
  const offered = () => {
    const typed = query();
    return typed === undefined ? [] : [botName, ...names].filter((name) => name.toLowerCase().startsWith(typed));
  };
  const drawNames = () => {
    const found = offered();
    active = Math.min(active, Math.max(found.length - 1, 0));
    list.hidden = found.length === 0;
    list.replaceChildren(
      ...found.map((name, i) => {
        const item = document.createElement('li');
        item.id = `${id}-name-${i}`;
        item.setAttribute('role', 'option');
        item.ariaSelected = String(i === active);
        item.dataset.testid = 'mention-option';
        item.textContent = name;
        item.onmousedown = (event) => {
          event.preventDefault();
          choose(name);
        };
        return item;
      }),
    );
    if (list.hidden) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', `${id}-name-${active}`);
  };
  const choose = (/** @type {string} */ name) => {
    const before = field.value.slice(0, field.selectionStart).replace(/@[\p{L} ]*$/u, `@${name} `);
    const after = field.value.slice(field.selectionStart);
    field.value = before + after;
    field.setSelectionRange(before.length, before.length);
    changed();
  };
  const changed = () => {
    grow();
    drawNames();
    showMention();
    if (document.activeElement === field) element.scrollIntoView({ block: 'nearest' });
  };

  const submit = async () => {
    const typed = field.value;
    if (typed.trim() === '') return field.focus();
    field.value = '';
    problem.hidden = true;
    changed();
    const outcome = await onSend(chosen ? `@${botName} ${typed}` : typed);
    if (outcome.kind === 'unreachable' || outcome.kind === 'refused') {
      // What was typed comes back, before what was typed meanwhile.
      field.value = field.value === '' ? typed : `${typed}\n${field.value}`;
      // The reason of an unreachable bot stands at the top of the page.
      problem.textContent =
        outcome.kind === 'unreachable' ? 'Not sent. Your text is still here.' : `Not sent. ${outcome.text ?? ''}`;
      problem.hidden = false;
      changed();
    }
  };

  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
    field.focus();
  });
  field.addEventListener('input', changed);
  field.addEventListener('blur', () => (list.hidden = true));
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (!list.hidden) {
      const found = offered();
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        active = (active + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length;
        return drawNames();
      }
      if (event.key === 'Enter' || event.key === 'Tab') {
        event.preventDefault();
        return choose(found[active] ?? '');
      }
      if (event.key === 'Escape') {
        list.hidden = true;
        return;
      }
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void submit();
    }
  });
  const removeMention = () => {
    chosen = false;
    field.focus();
    changed();
  };
  const addMention = () => {
    chosen = true;
    field.focus();
    changed();
  };
  /** @type {HTMLElement} */ (chip.querySelector('button')).onclick = removeMention;
  /** @type {HTMLElement} */ (warning.querySelector('button')).onclick = addMention;
  showMention();

  return {
    element,
    focus: () => field.focus(),
    /** @param {string} text */
    setText: (text) => {
      field.value = text;
      changed();
      list.hidden = true;
      field.focus();
    },
  };
}
