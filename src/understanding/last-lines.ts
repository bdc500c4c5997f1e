/** The few last lines stay in the memory of the process; longer texts, as messages to customers are, never do. */
const LONGEST = 200;
const MOST = 8;

/** A dozen readers look at the same line, one after the other: what one of them made of it is there for the next. */
export function onceForEachLine<Value>(read: (line: string) => Value): (line: string) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (line) => {
    const found = known.get(line);
    if (found) return found.value;
    const value = read(line);
    if (line.length > LONGEST) return value;
    if (known.size >= MOST) known.delete(known.keys().next().value as string);
    known.set(line, { value });
    return value;
  };
}
