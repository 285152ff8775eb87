/** Hands a file to the user through the browser's own download. */
export function saveFile(name: string, content: Blob | string, type = 'text/plain;charset=utf-8'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = named(name);
  link.click();
  // The download has its own reference by the next task.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** A picture of the dark page has another name than that of the light one. */
const named = (name: string): string =>
  document.documentElement.dataset['theme'] === 'dark' ? name.replace(/\.(?:png|svg)$/, '-dark$&') : name;
