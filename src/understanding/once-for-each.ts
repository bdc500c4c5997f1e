/** Several who look at the same object ask for the same: it is read for the first of them, and goes with the object. */
export function onceForEach<Key extends object, Value>(read: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const found = known.get(key);
    if (found) return found.value;
    const value = read(key);
    known.set(key, { value });
    return value;
  };
}
