export const dashboard = {
  title: 'Pulpit',
  greeting: 'Dzień dobry, {{name}}',
  figures: 'Stan biura',
  figure: {
    customers: 'Klienci',
    companies: 'Firmy',
    activePoints: 'Czynne punkty poboru',
    metersInstalled: 'Zamontowane wodomierze',
    metersInStock: 'Wodomierze w magazynie',
    activeContracts: 'Obowiązujące umowy',
    contractsEndingSoon: 'Umowy kończące się w ciągu 30 dni',
    pointsWithoutMeter: 'Punkty bez wodomierza',
    readingsThisMonth: 'Odczyty w tym miesiącu',
    staffActive: 'Aktywni pracownicy',
  },
  readings: {
    title: 'Odczyty wg sposobu pozyskania',
    actual: 'Rzeczywiste',
    customer: 'Podane przez klientów',
    remote: 'Zdalne',
    estimate: 'Szacunkowe',
  },
  volume: {
    title: 'Zużycie wody, 12 miesięcy',
    series: 'Zużycie',
  },
  month: 'Miesiąc',
  empty: {
    title: 'Baza jest jeszcze pusta',
    text: 'Liczby pojawią się po imporcie danych z systemu bilingowego.',
  },
};
