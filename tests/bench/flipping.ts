/** `npm run flipping`: which library crystals charge flipping solves, and at which resolution. */
import { chargeFlippingTable } from './phasing.ts';

chargeFlippingTable();
