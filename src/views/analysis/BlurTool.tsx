import type { ReactNode } from 'react';
import { fwhm } from '../../diffraction/caglioti.ts';
import { ANALYSIS, setAnalysis } from '../../state/analysis/analysisSettings.ts';
import { blurLive } from '../../state/analysis/blur.ts';
import { WIDTH_AT } from '../../state/analysis/strategyCalls.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Button } from '../../ui/Button.tsx';
import { formatNumber, THIN } from '../../ui/format.ts';
import { Slider } from '../../ui/Slider.tsx';
import { Tool } from './Tool.tsx';

/** The peak-width factor: the landscape follows the slider. One gesture is one step of undo. */
export function BlurTool(): ReactNode {
  const blur = useBraggscape(state => state.inputs.analysis.blur);
  const instrument = useBraggscape(state => state.inputs.instrument);
  const [low, high] = ANALYSIS.blur.codec.limits;
  const width = formatNumber(blur * fwhm(instrument, WIDTH_AT), 2);
  return (
    <Tool
      title="Peak width"
      about="the peak-width factor"
      help={[
        'A factor on the full width of every peak, of target and trial alike; the shapes and areas do not change otherwise. Wide peaks feel each other from afar: the landscape turns smooth and its false minima melt. Beyond the paper; 1 is the instrument.',
      ]}
      note={
        <span className="quiet" data-testid="blur">
          × {formatNumber(blur, 1)} = {width}
          {THIN}° at {WIDTH_AT}°
        </span>
      }
      aside={
        blur !== 1 && (
          <Button kind="text" onClick={() => setAnalysis({ blur: 1 })}>
            Reset
          </Button>
        )
      }
    >
      <Slider
        label="Peak-width factor"
        text={`${formatNumber(blur, 1)}, ${width} degrees at ${WIDTH_AT} degrees`}
        min={low}
        max={high}
        step={0.1}
        value={blur}
        onChange={blurLive}
      />
    </Tool>
  );
}
