// Before the first paint: the theme and density that a person chose, else what the system says.
(() => {
  try {
    const root = document.documentElement;
    const theme = localStorage.getItem('patchtrail.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    if (localStorage.getItem('patchtrail.density') === 'roomy') root.dataset.density = 'roomy';
  } catch {
    // Storage may be forbidden: the system's theme holds.
  }
})();
