// The small sum without crypto.subtle, which browsers keep from pages that come by plain http: PBKDF2 by @noble/hashes.
// Answers as altcha's own worker does, which is asked wherever it can be.
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";

const work = ({ algorithm, nonce, salt, cost, keyPrefix, keyLength = 32 }) => {
  if (algorithm !== "PBKDF2/SHA-256") return null;
  const begun = Date.now();
  const [key, grain, tail] = [hexToBytes(nonce), hexToBytes(salt), new Uint8Array(4)];
  for (let counter = 0; ; counter++) {
    new DataView(tail.buffer).setUint32(0, counter);
    const derivedKey = bytesToHex(pbkdf2(sha256, concatBytes(key, tail), grain, { c: cost, dkLen: keyLength }));
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey, time: Date.now() - begun };
  }
};

self.onmessage = ({ data }) => self.postMessage(work(data.challenge.parameters));
