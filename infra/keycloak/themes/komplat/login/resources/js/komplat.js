// The sign-in page: what the keyboard does, one submit only, whether the workplace answers.
const hint = document.getElementById('komplat-keyboard');
let cyrillic = false;

function showKeyboard(event) {
  const caps = event.getModifierState?.('CapsLock') ?? false;
  if (event.key?.length === 1 && /\p{L}/u.test(event.key)) cyrillic = /\p{Script=Cyrillic}/u.test(event.key);
  const parts = [caps && hint.dataset.caps, cyrillic && hint.dataset.cyrillic].filter(Boolean);
  hint.textContent = parts.join(', ');
  hint.hidden = parts.length === 0;
}
if (hint) document.getElementById('password')?.addEventListener('keyup', showKeyboard);

for (const form of document.querySelectorAll('form[data-submit-once]')) {
  form.addEventListener('submit', () => {
    for (const button of form.querySelectorAll('button[type=submit]')) button.disabled = true;
  });
}
// Coming back by the browser's history must not leave a dead button.
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('button[type=submit]')) button.disabled = false;
});

const workplace = document.getElementById('komplat-workplace');
if (workplace) {
  const show = (works) => {
    workplace.textContent = works ? workplace.dataset.works : workplace.dataset.silent;
    workplace.className = `pill ${works ? 'ok' : 'warn'}`;
  };
  fetch(workplace.dataset.address, { mode: 'no-cors', cache: 'no-store', signal: AbortSignal.timeout(5000) }).then(
    () => show(true),
    () => show(false),
  );
}
