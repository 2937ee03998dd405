/** A text without the signs at its end that are one of `signs`. A pattern `[signs]+$` would be tried at each of them. */
export function stripEnd(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}
