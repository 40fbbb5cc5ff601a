// The small sum without crypto.subtle, which browsers keep from pages that come by plain http: PBKDF2 with SHA-256, step by step.
// Answers as altcha's own worker does, which is asked wherever it can be.
const { START, words, mix } = self.sha256;

const asWords = (bytes) => {
  const put = new Int32Array(16);
  bytes.forEach((byte, i) => (put[i >> 2] |= byte << (24 - 8 * (i % 4))));
  return put;
};

const keyed = (key, pad) => {
  const state = new Int32Array(8);
  asWords(key).forEach((word, i) => (words[i] = word ^ pad));
  mix(START, state);
  return state;
};

// The half of a keyed sum that is already mixed, and its end.
const put = (half) => {
  words.set(half);
  words[8] = 0x80000000;
  words.fill(0, 9, 15);
  words[15] = 96 * 8;
};

const derive = (key, salt, turns) => {
  const inner = keyed(key, 0x36363636);
  const outer = keyed(key, 0x5c5c5c5c);
  const said = new Int32Array(8);
  const sum = new Int32Array(8);
  const first = asWords([...salt, 0, 0, 0, 1, 0x80]);
  first[15] = (64 + salt.length + 4) * 8;
  for (let turn = 0; turn < turns; turn++) {
    if (turn) put(said);
    else words.set(first);
    mix(inner, said);
    put(said);
    mix(outer, said);
    for (let i = 0; i < 8; i++) sum[i] ^= said[i];
  }
  return [...sum].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
};

const bytesOf = (hex) => Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const work = ({ algorithm, nonce, salt, cost, keyPrefix, keyLength = 32 }) => {
  if (algorithm !== "PBKDF2/SHA-256" || keyLength !== 32 || nonce.length > 120 || salt.length > 100) return null;
  const begun = Date.now();
  const [key, grain] = [bytesOf(nonce), bytesOf(salt)];
  for (let counter = 0; ; counter++) {
    const tail = [24, 16, 8, 0].map((by) => (counter >>> by) & 255);
    const derivedKey = derive([...key, ...tail], grain, cost);
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey, time: Date.now() - begun };
  }
};

self.onmessage = ({ data }) => self.postMessage(work(data.challenge.parameters));
