// Verifies credentials of ours with code of others, and issues some for us to verify: Digital Bazaar's verifier of Data Integrity proofs and of
// Bitstring Status Lists, jose for JWTs, and canonicalize (of RFC 8785's authors) for canonical JSON. Reaches no network: contexts and documents of
// issuers come with the packages and the input.
//
// Standard input: {"now", "documents": {url: JSON}, "proofs": [text], "broken": [text], "jwts": [{"jwt", "jwk", "typ"}], "lists": [{"credential", "status"}],
// "presentation", "challenge", "domain", "credential", "json": [text]}. Standard output: what they issued and spelled; a disagreement ends the program.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as jose from 'jose';
import canonicalize from 'canonicalize';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { contexts as integrity } from '@digitalbazaar/data-integrity-context';
import { contexts as credentials } from '@digitalbazaar/credentials-context';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import { createSignCryptosuite, createVerifyCryptosuite } from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as statusList from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';

const input = JSON.parse(readFileSync(0, 'utf8'));
const keyContext = 'https://w3id.org/security/multikey/v1';

/** A did:key's document, or the one method that an address names. */
function ofDidKey(url) {
  const [did, name] = url.split('#');
  const key = did.slice('did:key:'.length);
  const method = { '@context': keyContext, id: `${did}#${key}`, type: 'Multikey', controller: did, publicKeyMultibase: key };
  if (name) return method;
  return { '@context': ['https://www.w3.org/ns/did/v1', keyContext], id: did, verificationMethod: [method], assertionMethod: [method.id], authentication: [method.id] };
}

async function documentLoader(url) {
  const document = url.startsWith('did:key:') ? ofDidKey(url) : input.documents[url] ?? credentials.get(url) ?? integrity.get(url);
  if (!document) throw new Error(`Nothing stands at ${url}.`);
  return { contextUrl: null, documentUrl: url, document };
}

const verifying = () => new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });
const now = new Date(input.now);

async function verified(text) {
  const checkStatus = async () => ({ verified: true });
  return vc.verifyCredential({ credential: JSON.parse(text), suite: verifying(), documentLoader, checkStatus, now });
}

for (const text of input.proofs) {
  const result = await verified(text);
  assert.ok(result.verified, JSON.stringify(result.error?.errors ?? result.error, Object.getOwnPropertyNames(Error.prototype).concat('message', 'errors', 'cause')));
}

for (const text of input.broken) assert.equal((await verified(text)).verified, false, 'A changed credential was taken.');

for (const { jwt, jwk, typ } of input.jwts) {
  const key = await jose.importJWK(jwk, 'ES256');
  await jose.jwtVerify(jwt, key, { typ, algorithms: ['ES256'], currentDate: now });
  const [header, payload, signature] = jwt.split('.');
  const changed = `${header}.${jose.base64url.encode(jose.base64url.decode(payload).map((b, i) => (i === 40 ? b ^ 1 : b)))}.${signature}`;
  await assert.rejects(jose.compactVerify(changed, key));
}

for (const { credential, status } of input.lists) {
  const result = await statusList.checkStatus({ credential: JSON.parse(credential), suite: verifying(), documentLoader, verifyBitstringStatusListCredential: false });
  assert.ok(result.verified, String(result.error));
  assert.deepEqual(result.results.map((r) => r.status), status);
}

const shown = await vc.verify({
  presentation: JSON.parse(input.presentation), challenge: input.challenge, domain: input.domain, suite: verifying(), documentLoader, now,
});
assert.ok(shown.verified, String(shown.error?.errors ?? shown.error));

// And the other way round: theirs for us.
const pair = await EcdsaMultikey.generate({ curve: 'P-256' });
const { publicKeyMultibase } = await pair.export({ publicKey: true });
const did = `did:key:${publicKeyMultibase}`;
pair.id = `${did}#${publicKeyMultibase}`;
pair.controller = did;
const signing = () => new DataIntegrityProof({ signer: pair.signer(), cryptosuite: createSignCryptosuite(), date: now });
const unsigned = () => ({ ...structuredClone(input.credential), issuer: did });
const embedded = await vc.issue({ credential: unsigned(), suite: signing(), documentLoader, now });
const jwk = await EcdsaMultikey.toJwk({ keyPair: pair, secretKey: true });
const secret = await jose.importJWK(jwk, 'ES256');
const body = new TextEncoder().encode(JSON.stringify(unsigned()));
const jwt = await new jose.CompactSign(body).setProtectedHeader({ alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: pair.id }).sign(secret);
const presentation = await vc.signPresentation({
  presentation: vc.createPresentation({ verifiableCredential: [embedded], holder: did, version: 2.0, now }),
  challenge: input.challenge, domain: input.domain, suite: signing(), documentLoader,
});

const url = 'https://others.example/status/7';
const list = await statusList.createList({ length: 131072 });
for (const index of [3, 4711, 131071]) list.setStatus(index, true);
const listed = await statusList.createCredential({ id: url, list, statusPurpose: 'revocation' });
const signedList = await vc.issue({ credential: { ...listed, issuer: did }, suite: signing(), documentLoader, now });
const withStatus = async (index) => vc.issue({
  credential: {
    ...unsigned(),
    credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: String(index), statusListCredential: url },
  },
  suite: signing(), documentLoader, now,
});

process.stdout.write(JSON.stringify({
  did, publicJwk: { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y },
  embedded: JSON.stringify(embedded), jwt, presentation: JSON.stringify(presentation), list: JSON.stringify(signedList),
  revoked: JSON.stringify(await withStatus(4711)), standing: JSON.stringify(await withStatus(4712)),
  json: input.json.map((text) => canonicalize(JSON.parse(text))),
}));
