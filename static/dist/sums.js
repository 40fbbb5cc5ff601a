/* hash.js */
{
const WORD = 2 ** 32;
const ROUNDS = new Int32Array(64);
const START = new Int32Array(8);
for (let [number, found] = [2, 0]; found < 64; number++) {
let isPrime = true;
for (let by = 2; by * by <= number; by++) if (number % by === 0) isPrime = false;
if (!isPrime) continue;
if (found < 8) START[found] = ((Math.sqrt(number) % 1) * WORD) | 0;
ROUNDS[found++] = ((Math.cbrt(number) % 1) * WORD) | 0;
}
const words = new Int32Array(64);
const turned = (word, by) => (word >>> by) | (word << (32 - by));
const stretch = () => {
for (let i = 16; i < 64; i++) {
const early = words[i - 15];
const late = words[i - 2];
const s0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
const s1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
}
};
const mix = (state, into) => {
stretch();
let a = state[0];
let b = state[1];
let c = state[2];
let d = state[3];
let e = state[4];
let f = state[5];
let g = state[6];
let h = state[7];
for (let i = 0; i < 64; i++) {
const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) | 0;
const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
h = g;
g = f;
f = e;
e = (d + t1) | 0;
d = c;
c = b;
b = a;
a = (t1 + t2) | 0;
}
into[0] = state[0] + a;
into[1] = state[1] + b;
into[2] = state[2] + c;
into[3] = state[3] + d;
into[4] = state[4] + e;
into[5] = state[5] + f;
into[6] = state[6] + g;
into[7] = state[7] + h;
};
self.sha256 = { START, words, mix };
}
/* plain.js */
{
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
}
