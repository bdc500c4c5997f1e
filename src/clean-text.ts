// Nothing here needs a second look: no control, no Markdown, nothing outside printable ASCII.
export const harmless = /^[A-Za-z0-9 ,;:'"?/%$=@^.()-]*$/;
// Control characters but line feed and tab; bidirectional controls; zero-width and format characters; byte order mark.
const invisible =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g;
const strayJoiner = /(?<!\p{Extended_Pictographic}|\uFE0F|[\u{1F3FB}-\u{1F3FF}])\u200D/gu;
// Letters that nobody sees, except in the flags of countries within countries.
const strayTag = /(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]{0,8})[\u{E0000}-\u{E007F}]/gu;
const markStorm = /(\p{M}{4})\p{M}+/gu;

/**
 * Makes text from people or data safe to show: well-formed, without invisible or direction-changing characters, with
 * at most four marks on a letter. What it says is kept; what only deceives the eye is not.
 */
export function cleanText(raw: string): string {
  if (harmless.test(raw)) return raw;
  return (
    raw
      .toWellFormed()
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      .replace(invisible, '')
      .replace(strayTag, '')
      .replace(strayJoiner, '')
      // After what stood between a letter and its marks is gone.
      .normalize('NFC')
      .replace(markStorm, '$1')
  );
}
