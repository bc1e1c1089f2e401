/** What was found for a key before; it is found but once. */
export function recall<Key, Value>(known: Map<Key, Value>, key: Key, find: () => Value): Value {
  if (known.has(key)) return known.get(key) as Value;
  const value = find();
  known.set(key, value);
  return value;
}
