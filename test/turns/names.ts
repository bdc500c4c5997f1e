/** Names that every object of JavaScript has: as data they must be nothing but data (row H14). */
export const prototypeNames = [
  '__proto__',
  'constructor',
  'prototype',
  'constructor.prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
];

/** Everything that hangs on `Object.prototype`, to be compared before and after. */
export const prototypeNow = (): Record<string, PropertyDescriptor> =>
  Object.getOwnPropertyDescriptors(Object.prototype);
