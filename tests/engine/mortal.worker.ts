/** A worker of the page that ends without a word when it is told to. For the tests of the pool. */
import '../../src/engine/worker.ts';

new BroadcastChannel('end').onmessage = () => globalThis.close();
