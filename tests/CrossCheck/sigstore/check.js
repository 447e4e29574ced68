// Verifies proofs of our log with Sigstore's own code (@sigstore/verify): the checkpoint's signature and the Merkle path. And compares our canonical
// JSON with Sigstore's (@sigstore/core). The two modules are internal to @sigstore/verify, which is why its version is pinned.
//
// Standard input: {"vkey": …, "proofs": [{"proof": text of a .tlog-proof, "entry": base64}], "json": [{"text": …, "canonical": …}]}.
'use strict';
const nodeCrypto = require('node:crypto');
const { json } = require('@sigstore/core');
const { verifyCheckpoint } = require('@sigstore/verify/dist/tlog/checkpoint');
const { verifyMerkleInclusion } = require('@sigstore/verify/dist/tlog/merkle');

const input = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));

/** A key (name+id+base64) in Sigstore's form. */
function logOf(vkey) {
  const [name, id, key] = [vkey.split('+')[0], vkey.split('+')[1], vkey.split('+').slice(2).join('+')];
  const raw = Buffer.from(key, 'base64').subarray(1);
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  return { logID: Buffer.from(id, 'hex'), baseURL: name, publicKey: nodeCrypto.createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

/** A .tlog-proof in Sigstore's form. */
function entryOf({ proof, entry }) {
  const end = proof.indexOf('\n\n');
  const [, index, ...hashes] = proof.slice(0, end).split('\n');
  return {
    canonicalizedBody: Buffer.from(entry, 'base64'),
    inclusionProof: {
      logIndex: index.slice('index '.length),
      hashes: hashes.map((h) => Buffer.from(h, 'base64')),
      checkpoint: { envelope: proof.slice(end + 2) },
    },
  };
}

function verify(proof, log) {
  const entry = entryOf(proof);
  verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
}

function refuses(proof, log) {
  try {
    verify(proof, log);
    return false;
  } catch (e) {
    return e.name === 'VerificationError' || e.constructor.name === 'VerificationError';
  }
}

const log = logOf(input.vkey);
let disagreements = 0;
for (const proof of input.proofs) {
  try {
    verify(proof, log);
  } catch (e) {
    disagreements++;
    console.error(e.message);
  }
  const other = Buffer.from(proof.entry, 'base64');
  other[other.length - 1] ^= 1;
  if (!refuses({ ...proof, entry: other.toString('base64') }, log)) disagreements++;
  const lines = proof.proof.split('\n\n');
  const [origin, size, root] = lines[1].split('\n');
  if (!refuses({ ...proof, proof: [lines[0], [origin, BigInt(size) + 1n, root].join('\n'), lines[2]].join('\n\n') }, log)) disagreements++;
}
for (const { text, canonical } of input.json) {
  if (json.canonicalize(JSON.parse(text)) !== canonical) {
    disagreements++;
    console.error(text);
  }
}
console.log(`proofs ${input.proofs.length}, json ${input.json.length}, disagreements ${disagreements}`);
process.exit(disagreements === 0 ? 0 : 1);
