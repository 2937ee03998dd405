/**
 * Scroll hold: keeps an element where it was scrolled to while the page above it still grows.
 *
 * The browser's own anchoring gives up when whole blocks of a thread get their real height at once. The hold ends with
 * the reader's first own move, or when nothing has grown for a while.
 */
const restMs = 1200;
const moves = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

export class ScrollHold {
  #name = '';
  #isHeld = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #observer = new ResizeObserver(() => this.#align());
  readonly #end = () => this.#release();

  /** True where this was not held before. */
  isNew(name: string): boolean {
    return name !== '' && name !== this.#name;
  }

  /** Scrolls to the element with this id and, where `isHeld`, keeps it there. */
  take(id: string, isHeld: boolean): void {
    this.#release();
    this.#name = id;
    if (!isHeld) return;
    this.#isHeld = true;
    for (const move of moves) addEventListener(move, this.#end, { passive: true, once: true });
    this.#observer.observe(document.body);
    this.#align();
  }

  #align(): void {
    if (!this.#isHeld) return;
    document.getElementById(this.#name)?.scrollIntoView({ block: 'start' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#end, restMs);
  }

  #release(): void {
    this.#isHeld = false;
    this.#observer.disconnect();
    clearTimeout(this.#timer);
    for (const move of moves) removeEventListener(move, this.#end);
  }
}
