/** A number as it stands in a form: "512 345-678" and "#512345678" are the same. */
export function digitsOf(typed: string): string {
  return typed
    .slice(0, 100)
    .normalize('NFKC')
    .replace(/[\s#-]/g, '');
}

const isOfLength = (digits: string, least: number, most: number): boolean =>
  /^[0-9]+$/.test(digits) && digits.length >= least && digits.length <= most;

/** Whether it has the length of an ICM's number. */
export const looksLikeIcm = (digits: string): boolean => isOfLength(digits, 7, 10);

/** Whether it has the length of a support request's number. */
export const looksLikeSr = (digits: string): boolean => isOfLength(digits, 15, 16);
