import { BufferAttribute, BufferGeometry, CylinderGeometry, PlaneGeometry } from 'three';

/** A square of two triangles: x from 0 to 1 along a segment, y from −1 to 1 across it. */
export function strip(): BufferGeometry {
  const geometry = new BufferGeometry();
  const corners = new Float32Array([0, -1, 0, 1, -1, 0, 1, 1, 0, 0, 1, 0]);
  geometry.setAttribute('position', new BufferAttribute(corners, 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  return geometry;
}

/** Of unit radius along y from 0 to 1. */
export const tube = (): BufferGeometry => new CylinderGeometry(1, 1, 1, 18, 1, true).translate(0, 0.5, 0);

/** A square from −1 to 1. */
export const square = (): BufferGeometry => new PlaneGeometry(2, 2);
