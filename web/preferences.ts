/**
 * Preferences: what a person chose on this machine. Nothing that changes what a link shows.
 */
const names = ['theme', 'density', 'me', 'single-keys', 'seen', 'views', 'aside', 'viewed'] as const;
export type PreferenceName = (typeof names)[number];

export function readPreference(name: PreferenceName): string {
  try {
    return localStorage.getItem(`patchtrail.${name}`) ?? '';
  } catch {
    // Storage may be forbidden: everything then is as on the first visit.
    return '';
  }
}

export function keepPreference(name: PreferenceName, value: string): void {
  try {
    if (value === '') localStorage.removeItem(`patchtrail.${name}`);
    else localStorage.setItem(`patchtrail.${name}`, value);
  } catch {
    // Storage may be forbidden: the choice holds until the page is left.
  }
}

export type Theme = 'auto' | 'light' | 'dark';

export function currentTheme(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

/** auto → light → dark → auto. */
export function turnTheme(): Theme {
  const next: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' };
  const theme = next[currentTheme()];
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  keepPreference('theme', theme === 'auto' ? '' : theme);
  return theme;
}

export function isRoomy(): boolean {
  return document.documentElement.dataset.density === 'roomy';
}

export function setRoomy(isWanted: boolean): void {
  if (isWanted) document.documentElement.dataset.density = 'roomy';
  else delete document.documentElement.dataset.density;
  keepPreference('density', isWanted ? 'roomy' : '');
}
