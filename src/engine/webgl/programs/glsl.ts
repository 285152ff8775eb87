/** Pieces that several programs share. */

/** Texel of value `i` of row `row` in a layout (columns, fold). */
export const PLACE = `
ivec2 place(int i, int row, ivec2 layout_) {
  return ivec2(i % layout_.x, row * layout_.y + i / layout_.x);
}`;

/** Row and index of the texel being drawn in a layout (columns, fold): (i, row). */
export const HERE = `
ivec2 here(ivec2 layout_) {
  ivec2 at = ivec2(gl_FragCoord.xy);
  return ivec2((at.y % layout_.y) * layout_.x + at.x, at.y / layout_.y);
}`;

/** In widths: beyond, the Gaussian is below 1e-8 of its height, an eighth of float32's last digit. */
export const GAUSS_REACH = '2.6';
export const FOUR_LN2_GLSL = '2.772588722239781';
