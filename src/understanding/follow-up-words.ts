/** Groups of words that several tables of wordings about follow-ups share, written as alternatives of a pattern. */

/** What the bot keeps for the engineer. */
export const KEPT = 'followup|reminder|reminders|ping|pings|deadline|deadlines|promise|promises|alarm|nudge|nudges';
export const NOUN = `${KEPT}|update|updates|callback|communication`;
export const CUSTOMER = 'customer|them|him|her|they';
export const WEEKDAY =
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thurs|fri|sat|sun|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays';
export const ZONE = 'utc|gmt|cet|cest|est|edt|pst|pdt|ist|cst|mst|bst|jst|sgt|aest|ict|hkt|kst';
export const REST = `night|nights|weekend|weekends|evening|evenings|lunch|holiday|holidays|overnight|${WEEKDAY}`;
