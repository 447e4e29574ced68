// A provider on loopback for tests: oidc-provider as it is, with people and faults that the test chooses over /test/*.
import http from 'node:http';
import { Provider } from 'oidc-provider';

const people = new Map();

// The port is part of the issuer, so the server listens before the provider is made.
const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: process.env.USERINFO_ONLY === 'true',
    pkce: { required: () => true },
    cookies: { keys: ['only a test'] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => undefined,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => ({
          scope: 'read write', audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 600, jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => people.has(id) ? { accountId: id, claims: () => ({ sub: id, ...people.get(id) }) } : undefined,
    extraTokenClaims: (_, token) => token.kind === 'AccessToken' && people.has(token.accountId) ? people.get(token.accountId) : undefined,
    loadExistingGrant: async (ctx) => {
      const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid email profile');
      for (const resource of [].concat(ctx.oidc.params.resource ?? [])) grant.addResourceScope(resource, 'read write');
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
  });
  const answer = provider.callback();
  server.on('request', async (request, response) => {
    const url = new URL(request.url, issuer);
    if (url.pathname === '/test/people') return control(request, response, (all) => { people.clear(); for (const [id, claims] of Object.entries(all)) people.set(id, claims); });
    const interaction = /^\/interaction\/([^/]+)$/.exec(url.pathname);
    if (!interaction) return answer(request, response);
    const details = await provider.interactionDetails(request, response);
    if (details.prompt.name !== 'login') return provider.interactionFinished(request, response, { consent: {} });
    if (!url.searchParams.has('account')) return page(response, details.params.login_hint ?? '');
    const account = url.searchParams.get('account');
    if (account === 'nobody') return provider.interactionFinished(request, response, { error: 'access_denied' });
    return provider.interactionFinished(request, response, { login: { accountId: account } });
  });
  process.stdout.write(`${issuer}\n`);
});

function page(response, hint) {
  const text = hint.replace(/[^a-z0-9@.-]/gi, '');
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><html lang="en"><title>Provider</title><h1>Provider</h1><p id="hint">${text}</p>
    <form><label>Account <input name="account"></label><button>Sign in</button></form></html>`);
}

function control(request, response, change) {
  let body = '';
  request.on('data', (part) => { body += part; });
  request.on('end', () => { change(JSON.parse(body)); response.end('ok'); });
}

// The test ends it by closing its input.
process.stdin.on('end', () => process.exit(0)).resume();
