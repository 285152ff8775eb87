import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber, formatPlain } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import rail from '../Section.module.css';
import tools from './AnalysisPanel.module.css';
import { flatDirection, stableRate } from './curvatureText.ts';

/** The Hessian at the current crystal, the largest stable rate, and the quartic valley where there is one. */
export function CurvatureTool(): ReactNode {
  const found = useBraggscape(state => state.analysis.curvature);
  const rate = useBraggscape(state => state.inputs.descent.learningRate);
  if (!found) return <p className={rail.note}>The curvature follows when the pointer rests.</p>;
  const { report, names } = found;
  const stable = stableRate(report);
  const flat = flatDirection(report, names);
  return (
    <div className={tools.tool} data-testid="curvature">
      <div className={tools.row}>
        <span className={rail.label}>
          Curvature{' '}
          <Info about="the curvature">
            <p>
              Hessian of the loss over the parameters that move, at the current crystal, by central
              differences (10⁻⁴) of the analytic gradient; λ its eigenvalues. Plain descent is stable below
              2/λ of the largest: above it the steps hop to and fro across the valley and stop with a poor
              loss.
            </p>
            <p>
              The power is that with which the loss rises along a direction, from its second differences at t
              and 2t: 2 for an ordinary minimum, 4 for a quartic one.
            </p>
          </Info>
        </span>
        <span className="quiet">at the current crystal</span>
      </div>
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
      <p className={rail.note}>
        λ = {Array.from(report.values, value => formatPlain(Number(value.toPrecision(3)))).join(', ')} per Å²
        or °²; rising with powers{' '}
        {Array.from(report.exponents, power =>
          Number.isFinite(power) ? formatNumber(power, 1) : 'none',
        ).join(', ')}
        .
      </p>
      {stable !== null && (
        <p className={rate > stable ? `${rail.note} ${rail.caution}` : rail.note} data-testid="stable-rate">
          {rate > stable
            ? `The learning rate ${formatPlain(rate)} is above 2/λ = ${formatPlain(Number(stable.toPrecision(2)))}: descents bounce here.`
            : `Stable here up to a learning rate 2/λ = ${formatPlain(Number(stable.toPrecision(2)))}.`}
        </p>
      )}
      {flat && (
        <p className={rail.note} data-testid="quartic">
          {flat}
        </p>
      )}
    </div>
  );
}
