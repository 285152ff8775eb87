import type { ReactNode } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { flipSettings } from '../../state/phases/flipJob.ts';
import { usePhases } from '../../state/phases/phasesStore.ts';
import { useBraggscape } from '../../state/store.ts';
import { formatNumber, formatPercent, THIN } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { siteNames } from './AtomControls.tsx';
import { Pane, PaneNote } from './Pane.tsx';
import { ScrollBox } from './ScrollBox.tsx';
import { useLab } from './useLab.ts';

/** How the run ended, atom by atom, and how other seeds did with the same settings. */
export function FlipReport({ structure }: { structure: Structure }): ReactNode {
  const { frame, rValues, phaseErrors, status, end } = usePhases(state => state.flip);
  const outcomes = usePhases(state => state.outcomes);
  const settings = useBraggscape(flipSettings);
  const seed = useLab('flipSeed');
  const names = siteNames(structure);
  const same = outcomes.filter(outcome => outcome.settings === settings);
  const solved = same.filter(outcome => outcome.found === outcome.atoms).length;
  const r = rValues.at(-1) ?? Number.NaN;
  const error = phaseErrors.at(-1) ?? Number.NaN;
  return (
    <Pane
      title="This run"
      sub={`seed ${seed}`}
      tools={
        <Info about="the verdict">
          <p>
            The highest peaks of the final density, as many as there are atomic positions, are laid on the
            true crystal by the best origin and hand. An atom is found when a peak of its own is within 0.3
            {THIN}Å. Solved: all of them.
          </p>
          <p>
            Phase error: Σ|<i>F</i>||<i>F</i>′||Δφ| / Σ|<i>F</i>||<i>F</i>′| after that; random phases have
            somewhat below 90°, since the origin is chosen for them.
          </p>
        </Info>
      }
    >
      <ScrollBox label="This run">
        <p className="flip-verdict" role="status" data-testid="flip-verdict" data-status={status}>
          {status === 'running' && 'Running.'}
          {status === 'stopped' && 'Stopped; Run starts it again from its seed.'}
          {status === 'idle' && 'No run yet.'}
          {status === 'failed' && 'Not possible with these settings.'}
          {status === 'done' &&
            end &&
            (end.found === end.atoms ? (
              <b>
                Solved: all {end.atoms} atoms within 0.3{THIN}Å.
              </b>
            ) : (
              <b>
                Not solved: {end.found} of {end.atoms} atoms within 0.3{THIN}Å.
              </b>
            ))}
        </p>
        <dl className="flip-numbers">
          <div>
            <dt>
              <i>R</i>
            </dt>
            <dd>{formatNumber(r, 3)}</dd>
          </div>
          <div>
            <dt>phase error</dt>
            <dd>{Number.isFinite(error) ? `${formatNumber(error, 0)}°` : '–'}</dd>
          </div>
          <div>
            <dt>correlation with the true map</dt>
            <dd>{formatNumber(frame?.correlation ?? Number.NaN, 2)}</dd>
          </div>
          <div>
            <dt>threshold δ</dt>
            <dd>{frame ? `${formatNumber(frame.threshold, 2)}${THIN}e${THIN}Å⁻³` : '–'}</dd>
          </div>
          {frame?.extraction && (
            <>
              <div>
                <dt>intensities the powder gives</dt>
                <dd>
                  {frame.extraction.groups} for {frame.reflections}
                </dd>
              </div>
              <div>
                <dt>
                  Σ||<i>F</i>| − |<i>F</i>
                  <sub>true</sub>|| / Σ|<i>F</i>|
                </dt>
                <dd>{formatPercent(frame.extraction.error, 0)}</dd>
              </div>
            </>
          )}
        </dl>
        <h3 className="lab-h3">
          Seeds with these settings
          {same.length > 0 && `: ${solved} of ${same.length} solved`}
        </h3>
        {same.length === 0 ? (
          <PaneNote text="Finished runs are listed here." />
        ) : (
          <table className="lab-table">
            <caption className="visually-hidden">Finished runs</caption>
            <thead>
              <tr>
                <th scope="col">seed</th>
                <th scope="col">
                  <i>R</i>
                </th>
                <th scope="col">phase error</th>
                <th scope="col">atoms found</th>
                <th scope="col">verdict</th>
              </tr>
            </thead>
            <tbody>
              {same.map(outcome => (
                <tr key={outcome.seed} className={outcome.seed === seed ? 'chosen' : undefined}>
                  <th scope="row">{outcome.seed}</th>
                  <td>{formatNumber(outcome.rValue, 3)}</td>
                  <td>{formatNumber(outcome.phaseError, 0)}°</td>
                  <td>
                    {outcome.found} of {outcome.atoms}
                  </td>
                  <td>{outcome.found === outcome.atoms ? 'solved' : 'not solved'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {status === 'done' && end && (
          <>
            <h3 className="lab-h3">Atoms of the true crystal</h3>
            <table className="lab-table">
              <caption className="visually-hidden">Nearest peak of each atom</caption>
              <thead>
                <tr>
                  <th scope="col">atom</th>
                  <th scope="col">nearest peak / Å</th>
                  <th scope="col">height / e Å⁻³</th>
                  <th scope="col">found</th>
                </tr>
              </thead>
              <tbody>
                {end.matches.map(({ site, distance, height }) => (
                  <tr key={site}>
                    <th scope="row">{names[site]}</th>
                    <td>{formatNumber(distance, 2)}</td>
                    <td>{formatNumber(height, 1)}</td>
                    <td>{distance < 0.3 ? 'yes' : 'no'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </ScrollBox>
    </Pane>
  );
}
