// SHA-256 as its standard says (FIPS 180-4), for what stands beside it: constants from the roots of primes, and one mixing.
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

// Mixes the sixteen words at the front of `words` into a state and writes the new one to `into`.
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

// Each module has a block of its own; this one is asked by the next.
self.sha256 = { START, words, mix };
