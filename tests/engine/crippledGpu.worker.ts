/** The GPU worker in a browser that lacks what the worker's name says. For the tests of the gate. */
import './crippleWebgl.ts';
import '../../src/engine/worker.ts';
