// @ts-check

/**
 * @typedef {{ key: string, name: string, role: string, timeZone: string, id: string }} Person
 * @typedef {{ id: string, place: 'personal' | 'channel', rootId?: string,
 *   from: { name: string, key?: string, isBot: boolean }, text?: string, textFormat?: string, mentions: string[],
 *   cards: any[], unsupported: string[], isOwnView: boolean, refreshDue: boolean, at: number, edited: boolean,
 *   revision: string }} Message
 * @typedef {{ me: Person, people: Person[], bot: { id: string, name: string }, team: { name: string },
 *   channel: { name: string }, hints: string[],
 *   extensions: import('./extensions.js').Extension[], installed: boolean, botProblem?: string, messages: Message[] }} State
 * @typedef {{ kind: 'done' | 'not-mentioned' | 'card' | 'notice' | 'error' | 'unreachable' | 'refused' | 'dialog',
 *   text?: string, title?: string, card?: any }} Outcome
 */

/** @param {string} as @returns {Promise<State>} */
export async function loadState(as) {
  const response = await fetch(`/api/state?as=${encodeURIComponent(as)}`);
  if (!response.ok) throw new Error(`No state for ${as}: HTTP ${response.status}`);
  return response.json();
}

/** Never throws: a local Teams that is gone is an outcome as well. @param {string} path @param {object} body @returns {Promise<Outcome>} */
export async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return await response.json();
    return { kind: 'refused', text: `The local Teams refused this (HTTP ${response.status}).` };
  } catch {
    return { kind: 'unreachable', text: 'The local Teams itself does not answer. Is it still running?' };
  }
}

/**
 * @param {string} as
 * @param {Record<string, (data: any) => void>} handlers one per event
 * @param {() => void} onReopen after a lost connection: something may have been missed
 * @returns {{ stop: () => void, opened: Promise<void> }} `opened` when the stream runs, or could not be had at once
 */
export function listen(as, handlers, onReopen) {
  const source = new EventSource(`/api/events?as=${encodeURIComponent(as)}`);
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
  let lost = false;
  const opened = new Promise((resolve) => {
    source.onerror = () => {
      lost = true;
      resolve(undefined);
    };
    source.onopen = () => {
      if (lost) onReopen();
      lost = false;
      resolve(undefined);
    };
  });
  return { stop: () => source.close(), opened: opened.then(() => undefined) };
}
