/** Settings that differ from the defaults, by their path: { "slice.resolution": 31, "loss": "mse" }. */
export function changedLeaves(inputs: object, defaults: object): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  const compare = (prefix: string, now: object, before: object): void => {
    for (const [name, value] of Object.entries(now)) {
      const usual: unknown = (before as Record<string, unknown>)[name];
      const path = prefix + name;
      // A group of settings is a plain object; only `focus` and `tour` are single values.
      if (
        prefix === '' &&
        !['focus', 'tour'].includes(path) &&
        typeof value === 'object' &&
        !Array.isArray(value)
      )
        compare(`${name}.`, value, usual as object);
      else if (JSON.stringify(value) !== JSON.stringify(usual)) changed[path] = value;
    }
  };
  compare('', inputs, defaults);
  return changed;
}
