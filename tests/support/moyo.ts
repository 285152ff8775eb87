export { moyoInNode } from '../../src/headless/moyoInNode.ts';
