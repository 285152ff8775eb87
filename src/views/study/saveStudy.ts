import { studyBytes } from '../../state/study/studyFiles.ts';
import { isFinished, isRecovered } from '../../study/record.ts';
import type { Study } from '../../study/studyFile.ts';
import { correlationOf, groupsOf, rateOf } from '../../study/summary.ts';
import { saveFile } from '../../ui/download.ts';

/** The study as the command line reads and writes it, compressed. */
export function saveOwn(study: Study | null): void {
  if (study)
    saveFile('braggscape-study.jsonl.gz', new Blob([studyBytes(study)], { type: 'application/gzip' }));
}

const csv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `${rows.map(row => row.map(value => (value === null ? '' : String(value))).join(',')).join('\n')}\n`;

/** One row a trial. */
export function trialsCsv(study: Study): string {
  const head =
    'structure,noise,sigma,copy,setting,loss,learning_rate,seed,a,b,c,alpha,beta,gamma,first_loss,last_loss,best_loss,steps,stop,cosine_similarity,match,match_unscaled,strict,length_gauge,angle_gauge,rms,maximum,amd,emd,failure';
  const rows = study.records.map(record => {
    const { structure, noise, sigma, variant, setting, loss, learningRate } = record;
    const key = [structure, noise, sigma, variant, setting, loss, learningRate];
    if (!isFinished(record)) return [...key, ...new Array(22).fill(null), JSON.stringify(record.failure)];
    const { match, unscaled } = record;
    return [
      ...key,
      record.seed,
      ...record.end,
      ...[record.first, record.last, record.best, record.steps, record.stop, record.cosine],
      ...[match.end, unscaled.end, Number(isRecovered(record))],
      ...[match.length, match.angle, match.rms, match.maximum, record.amd, record.emd, null],
    ];
  });
  return `${head}\n${csv(rows)}`;
}

/** One row a condition: rates with their intervals, correlations with n. */
export function summaryCsv(study: Study): string {
  const criteria = ['match', 'unscaled', 'strict'] as const;
  const head = [
    ...['noise', 'sigma', 'setting', 'loss', 'learning_rate', 'n', 'failures'],
    ...criteria.flatMap(name => [name, `${name}_low`, `${name}_high`]),
    ...['amd', 'emd'].flatMap(name => [`mi_${name}`, `pearson_${name}`, `spearman_${name}`]),
  ];
  const rows = groupsOf(study.records).map(({ condition, trials, failures }) => {
    const { noise, sigma, setting, loss, learningRate } = condition;
    const key = [noise, sigma, setting, loss, learningRate, trials.length, failures];
    if (trials.length === 0) return key;
    return [
      ...key,
      ...criteria.flatMap(name => {
        const { share, interval } = rateOf(trials, name);
        return [share, ...interval].map(value => Number(value.toFixed(5)));
      }),
      ...(['amd', 'emd'] as const).flatMap(name => {
        const found = correlationOf(trials, name);
        return [found.mutualInformation, found.pearson, found.spearman].map(value =>
          value === null ? null : Number(value.toFixed(5)),
        );
      }),
    ];
  });
  return csv([head, ...rows]);
}
