import type { ReactNode } from 'react';
import type { CurvatureAtCell } from '../../state/analysis/analysisSlice.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber, formatPlain, formatRate } from '../../ui/format.ts';
import rail from '../Section.module.css';
import { Tool } from './Tool.tsx';

/** Parameters whose Hessian fits a table. */
const TABLED = 6;

const rounded = (value: number): string => formatPlain(Number(value.toPrecision(3)));

/** The Hessian at the current crystal, the largest stable rate, and the quartic valley where there is one. */
export function CurvatureTool(): ReactNode {
  const found = useBraggscape(state => state.analysis.curvature);
  const rate = useBraggscape(state => state.inputs.descent.learningRate);
  if (!found) return <p className={rail.note}>The curvature follows when the pointer rests.</p>;
  const { report, names } = found;
  const coordinates = names.some(name => name.includes(' '));
  const stable = stableRate(report);
  const flat = flatDirection(report, names);
  return (
    <Tool
      title="Curvature"
      about="the curvature"
      help={[
        'Hessian of the loss over the parameters that move, at the current crystal, by central differences (10⁻⁴) of the analytic gradient; λ its eigenvalues. Plain descent is stable below 2/λ of the largest: above it the steps hop to and fro across the valley and stop with a poor loss.',
        'The power is that with which the loss rises along a direction, from its second differences at t and 2t: 2 for an ordinary minimum, 4 for a quartic one.',
      ]}
      note={<span className="quiet">at the current crystal</span>}
      testId="curvature"
    >
      {names.length <= TABLED && (
        <DataTable
          caption="Hessian of the loss"
          rows={names}
          rowKey={name => name}
          columns={[
            { head: '∂²loss', cell: name => name },
            ...names.map((name, j) => ({
              head: name,
              cell: (_: string, i: number) =>
                formatPlain(Number(report.hessian[i * names.length + j]!.toPrecision(3))),
            })),
          ]}
        />
      )}
      <p className={rail.note}>
        λ ={' '}
        {report.values.length <= TABLED
          ? Array.from(report.values, rounded).join(', ')
          : `${rounded(report.values[0]!)} to ${rounded(report.values.at(-1)!)}, ${report.values.length} of them`}
        , {coordinates ? 'per square of the units' : 'per Å² or °²'}
        {report.values.length <= TABLED &&
          `; rising with powers ${Array.from(report.exponents, power =>
            Number.isFinite(power) ? formatNumber(power, 1) : 'none',
          ).join(', ')}`}
        .
      </p>
      {stable !== null && (
        <p className={rate > stable ? `${rail.note} ${rail.caution}` : rail.note} data-testid="stable-rate">
          {rate > stable
            ? `The learning rate ${formatPlain(rate)} is above 2/λ = ${formatRate(stable)}: descents bounce here.`
            : `Stable here up to a learning rate 2/λ = ${formatRate(stable)}.`}
        </p>
      )}
      {flat && (
        <p className={rail.note} data-testid="quartic">
          {flat}
        </p>
      )}
    </Tool>
  );
}

/** Largest stable learning rate 2/λ_max; null where no direction curves up. */
export function stableRate({ values }: CurvatureAtCell['report']): number | null {
  const most = values.at(-1) ?? 0;
  return most > 0 ? 2 / most : null;
}

/** Rising with a power above this counts as quartic. */
const QUARTIC = 3.3;

/** Meaning of a quartic direction, in words; null where there is none. */
export function flatDirection(
  { exponents, vectors }: CurvatureAtCell['report'],
  names: readonly string[],
): string | null {
  const n = names.length;
  const at = exponents.findIndex(power => power > QUARTIC);
  if (at < 0) return null;
  const parts = names
    .map((name, j) => ({ name, share: vectors[at * n + j]! }))
    .filter(({ share }) => Math.abs(share) > 0.1);
  const sign = Math.sign(parts[0]?.share ?? 1);
  const direction = parts
    .map(({ name, share }, i) => `${share * sign < 0 ? '− ' : i ? '+ ' : ''}${name}`)
    .join(' ');
  return `Along ${direction} the loss rises with the fourth power: leaving the symmetry splits each peak evenly to both sides, which changes the pattern only with the square of the step, and the loss with the square of that. The valley floor is flat there, and descents stop on it.`;
}
