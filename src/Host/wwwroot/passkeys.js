// Passkeys (W3C Web Authentication): asks the server for a ceremony, lets the browser hold it, and sends the answer.
// Works on elements with data-passkey: "sign-in", "add" (a form) or "accept" (an invitation). Without support they stay hidden.
const api = '/api/v1/access/';

const toBytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
const toText = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const withBytes = list => (list ?? []).map(c => ({ ...c, id: toBytes(c.id) }));

async function post(path, body) {
  const response = await fetch(api + path, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, credentials: 'same-origin', body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(answer.code ?? 'failed'), { code: answer.code });
  return answer;
}

async function create(path, body) {
  const { id, options } = await post(path, body);
  const made = await navigator.credentials.create({
    publicKey: {
      ...options, challenge: toBytes(options.challenge), user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
    },
  });
  return {
    ceremony: id,
    credential: answerOf(made, {
      attestationObject: toText(made.response.attestationObject), transports: made.response.getTransports?.() ?? [],
    }),
  };
}

async function sign(extra) {
  const { id, options } = await post('passkey-sign-in/options', {});
  const made = await navigator.credentials.get({
    publicKey: { ...options, challenge: toBytes(options.challenge), allowCredentials: withBytes(options.allowCredentials) }, ...extra,
  });
  const { authenticatorData, signature, userHandle } = made.response;
  await post('passkey-sign-in', {
    ceremony: id,
    credential: answerOf(made, {
      authenticatorData: toText(authenticatorData), signature: toText(signature), userHandle: userHandle ? toText(userHandle) : null,
    }),
  });
}

function answerOf(made, response) {
  return {
    id: made.id, rawId: toText(made.rawId), type: made.type, authenticatorAttachment: made.authenticatorAttachment ?? undefined,
    clientExtensionResults: made.getClientExtensionResults(), response: { clientDataJSON: toText(made.response.clientDataJSON), ...response },
  };
}

let offered;

// The browser offers passkeys in the field for the address, before anything is pressed. The server forgets a ceremony after five minutes.
async function offer(next) {
  if (!await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
  offered = new AbortController();
  const { signal } = offered;
  const again = setTimeout(() => { offered.abort(); offer(next); }, 4 * 60 * 1000);
  try {
    await sign({ mediation: 'conditional', signal });
    location.assign(next);
  } catch {
    clearTimeout(again);
  }
}

async function act(element) {
  const { passkey: what, invitation, name, next } = element.dataset;
  if (what === 'sign-in') {
    offered?.abort();
    await sign();
  } else if (what === 'add') {
    const form = new FormData(element);
    const made = await create('me/passkeys/options', { password: form.get('password') });
    await post('me/passkeys', { ...made, name: form.get('name') });
  } else {
    const made = await create('invitations/passkey-options', { invitationToken: invitation });
    await post('invitations/accept-with-passkey', { ...made, invitationToken: invitation, name });
  }

  location.assign(next);
}

function start(element) {
  const [button, alert] = [element.querySelector('button'), element.querySelector('[role=alert]')];
  element.hidden = false;
  const run = async event => {
    event.preventDefault();
    alert.hidden = button.disabled = true;
    try {
      await act(element);
    } catch (error) {
      alert.textContent = (error.code === 'wrong-password' && element.dataset.wrongPassword) || element.dataset.failed;
      alert.hidden = button.disabled = false;
    }
  };
  if (element.matches('form')) element.addEventListener('submit', run);
  else button.addEventListener('click', run);
  if (element.dataset.passkey === 'sign-in') offer(element.dataset.next);
}

if (window.PublicKeyCredential && isSecureContext) {
  document.querySelectorAll('[data-passkey]').forEach(start);
  document.querySelectorAll('[data-passkey-missing]').forEach(e => { e.hidden = true; });
}
