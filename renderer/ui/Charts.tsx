import { BarChart as MantineBarChart, LineChart as MantineLineChart } from '@mantine/charts';
import { Anchor, Button, Group, Table, Title } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Charts.module.css';

/** Colours of series in their order; they hold on light and dark and stay apart for the colour-blind. */
export const CHART_COLORS = ['--ibok-chart-1', '--ibok-chart-2', '--ibok-chart-3', '--ibok-chart-4'].map(
  (name) => `var(${name})`,
) as [string, string, string, string];

/** One line or one part of the bars; `color` is one of CHART_COLORS. */
export interface ChartSeries {
  name: string;
  label: string;
  color: string;
}

export interface ChartProps {
  title: string;
  /** Small acts beside the title, such as a choice of the period. */
  actions?: ReactNode;
  /** One entry per category: the category's text and a number per series. */
  data: readonly Record<string, string | number>[];
  /** Key of the category in `data`, and what the category is called in the table. */
  category: string;
  categoryLabel: string;
  series: readonly ChartSeries[];
  formatValue: (value: number) => string;
  /** px at the usual text size. */
  height?: number;
  /** Chooses the entry at this place: by a click on its bar, or in the table behind by its name. */
  onPick?: (index: number) => void;
  /** The parts of a bar are one value in several colours: no legend, and the table has their sum under the first's label. */
  oneValue?: boolean;
}

/** Above the plot, in the order of the series. */
const LEGEND = { verticalAlign: 'top', height: 32, itemSorter: null } as const;

/** Labels that do not fit are left out in a fixed step: every second, every third. */
const X_AXIS = { interval: 'equidistantPreserveStart' } as const;

/** Bars of whole numbers, stacked when there are several series, with the table behind them one click away. */
export function BarChart(props: ChartProps) {
  const { onPick } = props;
  return (
    <ChartFrame {...props}>
      <MantineBarChart
        h={`${(props.height ?? 240) / 16}rem`}
        data={props.data.map((entry) => ({ ...entry }))}
        dataKey={props.category}
        series={props.series.map((each) => ({ ...each }))}
        type={props.series.length > 1 ? 'stacked' : 'default'}
        withLegend={props.series.length > 1 && !props.oneValue}
        legendProps={LEGEND}
        classNames={{ legend: classes.legend, legendItem: classes.legendItem, legendItemName: classes.legendName }}
        valueFormatter={props.formatValue}
        xAxisProps={X_AXIS}
        yAxisProps={{ width: 76, allowDecimals: false }}
        maxBarWidth={36}
        tickLine="none"
        gridAxis="x"
        barProps={{ isAnimationActive: false }}
        barChartProps={{
          accessibilityLayer: false,
          ...(onPick && {
            style: { cursor: 'pointer' },
            // The whole height of a category, so that a low bar is hit as well as a high one.
            onClick: ({ activeTooltipIndex }) => {
              const index = Number(activeTooltipIndex ?? -1);
              if (index >= 0) onPick(index);
            },
          }),
        }}
      />
    </ChartFrame>
  );
}

/** Lines, with the table behind them one click away. */
export function LineChart(props: ChartProps) {
  return (
    <ChartFrame {...props}>
      <MantineLineChart
        h={`${(props.height ?? 240) / 16}rem`}
        data={props.data.map((entry) => ({ ...entry }))}
        dataKey={props.category}
        series={props.series.map((each) => ({ ...each }))}
        withLegend={props.series.length > 1}
        legendProps={LEGEND}
        classNames={{ legend: classes.legend, legendItem: classes.legendItem, legendItemName: classes.legendName }}
        valueFormatter={props.formatValue}
        xAxisProps={X_AXIS}
        yAxisProps={{ width: 76 }}
        curveType="linear"
        strokeWidth={2}
        tickLine="none"
        gridAxis="x"
        lineProps={{ isAnimationActive: false }}
        lineChartProps={{ accessibilityLayer: false }}
      />
    </ChartFrame>
  );
}

function ChartFrame({ children, ...props }: ChartProps & { children: ReactNode }) {
  const {
    title,
    data,
    category,
    categoryLabel,
    series,
    formatValue,
    actions,
    height = 240,
    onPick,
    oneValue = false,
  } = props;
  const columns = oneValue ? series.slice(0, 1) : series;
  const cellOf = (entry: ChartProps['data'][number], name: string) =>
    (oneValue ? series.map((part) => part.name) : [name]).reduce((sum, part) => sum + Number(entry[part] ?? 0), 0);
  const { t } = useTranslation('ui');
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.frame}>
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        <Group gap="xs" wrap="nowrap">
          {actions}
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={asTable ? <IconChartBar size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}
            aria-pressed={asTable}
            onClick={() => setAsTable((shown) => !shown)}
          >
            {t(asTable ? 'chart.showChart' : 'chart.showTable')}
          </Button>
        </Group>
      </Group>
      {asTable ? (
        // Same height as the chart, so that nothing below it moves.
        // It scrolls, so it must be reachable by keyboard and have a name.
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
        <div
          className={classes.scroll}
          style={{ height: `${height / 16}rem` }}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard too
          tabIndex={0}
          role="group"
          aria-labelledby={id}
        >
          <Table stickyHeader fz="sm" verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{categoryLabel}</Table.Th>
                {columns.map(({ name, label }) => (
                  <Table.Th key={name} scope="col" ta="right">
                    {label}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((entry, index) => (
                <Table.Tr key={String(entry[category])}>
                  <Table.Th scope="row" fw={400}>
                    {onPick ? (
                      <Anchor component="button" type="button" inherit onClick={() => onPick(index)}>
                        {entry[category]}
                      </Anchor>
                    ) : (
                      entry[category]
                    )}
                  </Table.Th>
                  {columns.map(({ name }) => (
                    <Table.Td key={name} ta="right">
                      {formatValue(cellOf(entry, name))}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ) : (
        <div role="img" aria-labelledby={id} style={{ height: `${height / 16}rem` }}>
          {children}
        </div>
      )}
    </section>
  );
}
