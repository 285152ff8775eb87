import type { ReactNode } from 'react';
import { isLength } from '../../crystal/cell.ts';
import { falseMinima } from '../../landscape/falseMinima.ts';
import { setFocus, setHover } from '../../state/actions.ts';
import { useBraggscape } from '../../state/store.ts';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { axisTitle } from '../CellParameter.tsx';

/** The false minima of the map; each shows its crystal in every pane. */
export function MinimaTable(): ReactNode {
  const minima = useBraggscape(state => state.minima);
  const map = useBraggscape(state => state.map);
  const focus = useBraggscape(state => state.inputs.focus);
  if (!map?.final) return null;
  const found = falseMinima(minima, map.slice);
  const { x, y } = map.slice;
  return (
    <div className="numbers-section" data-testid="minima">
      {found.length === 0 ? (
        <>
          <h2>Minima</h2>
          <p className="note">This map has no minimum besides the true cell.</p>
        </>
      ) : (
        <table className="descents">
          <caption className="visually-hidden">False minima of the map</caption>
          <thead>
            <tr>
              <th scope="col" className="name">
                False minima
              </th>
              <th scope="col">{axisTitle(x)}</th>
              <th scope="col">{axisTitle(y)}</th>
              <th scope="col">loss</th>
              <th scope="col">
                depth{' '}
                <Info about="the depth of a minimum">
                  <p>
                    Topographic prominence: how far the loss must climb from here before it can go lower than
                    here. Found on the grid by flooding it from below.
                  </p>
                </Info>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ number, index, minimum }) => (
              <tr key={index} className={focus.kind === 'minimum' && focus.index === index ? 'followed' : ''}>
                <th scope="row" className="name">
                  <button
                    type="button"
                    className="row-button"
                    onClick={() => {
                      setHover(null);
                      setFocus({ kind: 'minimum', index });
                    }}
                  >
                    <span className="badge">{number}</span>
                    <span className="visually-hidden">Show minimum {number}</span>
                  </button>
                </th>
                <td>{formatNumber(minimum.x, isLength(x) ? 3 : 1)}</td>
                <td>{formatNumber(minimum.y, isLength(y) ? 3 : 1)}</td>
                <td>{formatNumber(minimum.value, 3)}</td>
                <td>{formatNumber(minimum.prominence, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
