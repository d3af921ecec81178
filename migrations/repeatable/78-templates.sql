-- The templates the product asks for, and the text each begins with. A text names a field as {{field}}. First texts are
-- stored once: an office that has set its own keeps it. Nothing in them needs a name or a number to be declined.

insert into ibok.template_keys as k (key, channel, fields, secrets) values
  ('account.activation', 'mail', '{first_name,last_name,login,hours}', '{activation_link}'),
  ('account.email_confirmation', 'mail', '{first_name,last_name}', '{confirmation_link}'),
  ('account.email_changed', 'mail', '{first_name,last_name}', '{}'),
  ('account.blocked', 'mail', '{first_name,last_name,reason}', '{}'),
  ('account.unblocked', 'mail', '{first_name,last_name,reason}', '{}'),
  ('registration.received', 'mail', '{first_name,last_name,number,due_to}', '{}'),
  ('registration.rejected', 'mail', '{first_name,last_name,number,reason}', '{}'),
  ('regulations.announcement', 'mail', '{first_name,last_name,label,effective_on,summary}', '{}'),
  ('deletion.received', 'mail', '{first_name,last_name,due_on}', '{}'),
  ('deletion.rejected', 'mail', '{first_name,last_name,reason}', '{}'),
  ('deletion.done', 'mail', '{}', '{}'),
  ('staff.password_reset', 'mail', '{login}', '{}'),
  ('letter.activation', 'letter', '{first_name,last_name,login,email,hours}', '{}'),
  ('letter.application_copy', 'letter', '{first_name,last_name,number,received_on}', '{}'),
  ('letter.refusal', 'letter', '{first_name,last_name,number,received_on,reason}', '{}'),
  ('letter.deletion_protocol', 'letter', '{number,account,asked_on,executed_on}', '{}'),
  ('meters.legalization_notice', 'mail', '{name,meter,factory_no,place,valid_until}', '{}'),
  ('letter.legalization_notice', 'letter', '{name,meter,factory_no,place,valid_until}', '{}'),
  ('letter.expertise_result', 'letter',
   '{case_no,opened_on,factory_no,place,removed_on,sent_on,office,certificate_no,certificate_on,result,cost,consequence}', '{}'),
  ('letter.exchange_protocol', 'letter', '{number,act,done_on,point}', '{}'),
  ('letter.regulations_confirmation', 'letter', '{first_name,last_name,login,label,effective_on,accepted_on,channel}', '{}')
on conflict (key) do update set channel = excluded.channel, fields = excluded.fields, secrets = excluded.secrets
  where (k.channel, k.fields, k.secrets) is distinct from (excluded.channel, excluded.fields, excluded.secrets);

insert into ibok.templates (key, subject, body, valid_from, recorded_by)
select first.key, first.subject, first.body, date '2024-07-17', 'ibok_owner'
  from (values
    ('account.activation', 'Aktywacja konta w Internetowym Biurze Obsługi Klienta',
$text$Szanowni Państwo,

konto w Internetowym Biurze Obsługi Klienta (IBOK) zostało założone.

Imię i nazwisko: {{first_name}} {{last_name}}
Login: {{login}}

Aby ustawić hasło i rozpocząć korzystanie z konta, prosimy otworzyć poniższy adres:
{{activation_link}}

Adres działa jeden raz, przez {{hours}} godz. od wysłania tej wiadomości. Po tym czasie nowy adres można otrzymać w Biurze Obsługi Klienta.

Jeżeli nie składali Państwo wniosku o założenie konta, prosimy nie otwierać adresu i zawiadomić Biuro Obsługi Klienta.

Z poważaniem
Biuro Obsługi Klienta$text$),
    ('account.email_confirmation', 'Potwierdzenie adresu e-mail konta IBOK',
$text$Szanowni Państwo,

otrzymaliśmy prośbę o zmianę adresu e-mail konta w Internetowym Biurze Obsługi Klienta (IBOK).

Imię i nazwisko: {{first_name}} {{last_name}}

Aby potwierdzić nowy adres e-mail, prosimy otworzyć poniższy adres:
{{confirmation_link}}

Do czasu potwierdzenia wiadomości wysyłamy na dotychczasowy adres. Jeżeli nie prosili Państwo o zmianę, prosimy nie otwierać adresu i zawiadomić Biuro Obsługi Klienta.

Z poważaniem
Biuro Obsługi Klienta$text$),
    ('account.email_changed', 'Zmiana adresu e-mail konta IBOK',
$text$Szanowni Państwo,

adres e-mail konta w Internetowym Biurze Obsługi Klienta (IBOK) został zmieniony. Następne wiadomości wyślemy na nowy adres.

Imię i nazwisko: {{first_name}} {{last_name}}

Jeżeli zmiana nie pochodzi od Państwa, prosimy jak najszybciej zawiadomić Biuro Obsługi Klienta.

Z poważaniem
Biuro Obsługi Klienta$text$),
    ('account.blocked', 'Blokada konta IBOK',
$text$Szanowni Państwo,

dostęp do konta w Internetowym Biurze Obsługi Klienta (IBOK) został zablokowany.

Imię i nazwisko: {{first_name}} {{last_name}}
Powód: {{reason}}

W sprawie odblokowania konta prosimy o kontakt z Biurem Obsługi Klienta.

Z poważaniem
Biuro Obsługi Klienta$text$),
    ('account.unblocked', 'Odblokowanie konta IBOK',
$text$Szanowni Państwo,

dostęp do konta w Internetowym Biurze Obsługi Klienta (IBOK) został przywrócony. Można się zalogować dotychczasowym loginem i hasłem.

Imię i nazwisko: {{first_name}} {{last_name}}
Powód: {{reason}}

Z poważaniem
Biuro Obsługi Klienta$text$),
    ('registration.received', 'Wniosek o założenie konta IBOK nr {{number}}',
$text$Szanowni Państwo,

otrzymaliśmy wniosek o założenie konta w Internetowym Biurze Obsługi Klienta (IBOK).

Numer wniosku: {{number}}
Imię i nazwisko: {{first_name}} {{last_name}}
Termin rozpatrzenia: {{due_to}}

O wyniku zawiadomimy w osobnej wiadomości. Jeżeli nie składali Państwo tego wniosku, prosimy zawiadomić Biuro Obsługi Klienta.

Z poważaniem
Biuro Obsługi Klienta$text$),
    ('registration.rejected', 'Wniosek o założenie konta IBOK nr {{number}} – odmowa',
$text$Szanowni Państwo,

wniosek o założenie konta w Internetowym Biurze Obsługi Klienta (IBOK) został rozpatrzony odmownie.

Numer wniosku: {{number}}
Imię i nazwisko: {{first_name}} {{last_name}}
Powód: {{reason}}

Po usunięciu przyczyny odmowy wniosek można złożyć ponownie. W razie pytań prosimy o kontakt z Biurem Obsługi Klienta.

Z poważaniem
Biuro Obsługi Klienta$text$),
    ('regulations.announcement', 'Zmiana Regulaminu IBOK od {{effective_on}}',
$text$Szanowni Państwo,

zawiadamiamy o nowej wersji Regulaminu Internetowego Biura Obsługi Klienta (IBOK).

Imię i nazwisko: {{first_name}} {{last_name}}
Wersja: {{label}}
Obowiązuje od: {{effective_on}}

Najważniejsze zmiany:
{{summary}}

Treść nowej wersji jest dostępna po zalogowaniu do IBOK. Akceptacja będzie potrzebna przy pierwszym logowaniu po dniu wejścia zmian w życie. Osoby, które nie akceptują zmian, mogą w każdej chwili zrezygnować z konta.

Z poważaniem
Biuro Obsługi Klienta$text$),
    ('deletion.received', 'Wniosek o usunięcie konta IBOK',
$text$Szanowni Państwo,

otrzymaliśmy wniosek o usunięcie konta w Internetowym Biurze Obsługi Klienta (IBOK). Dostęp do konta został zablokowany.

Imię i nazwisko: {{first_name}} {{last_name}}
Termin rozpatrzenia: {{due_on}}

Dane z umów i faktur przechowujemy tak długo, jak wymagają tego przepisy prawa. Jeżeli wniosek nie pochodzi od Państwa, prosimy jak najszybciej zawiadomić Biuro Obsługi Klienta.

Z poważaniem
Biuro Obsługi Klienta$text$),
    ('deletion.rejected', 'Wniosek o usunięcie konta IBOK – odmowa',
$text$Szanowni Państwo,

wniosek o usunięcie konta w Internetowym Biurze Obsługi Klienta (IBOK) został rozpatrzony odmownie. Dostęp do konta jest taki jak przed złożeniem wniosku.

Imię i nazwisko: {{first_name}} {{last_name}}
Powód: {{reason}}

W razie pytań prosimy o kontakt z Biurem Obsługi Klienta.

Z poważaniem
Biuro Obsługi Klienta$text$),
    ('deletion.done', 'Konto IBOK zostało usunięte',
$text$Szanowni Państwo,

konto w Internetowym Biurze Obsługi Klienta (IBOK) zostało usunięte razem z danymi potrzebnymi wyłącznie do jego prowadzenia. Dane z umów i faktur przechowujemy tak długo, jak wymagają tego przepisy prawa.

To jest ostatnia wiadomość dotycząca tego konta. Nowe konto można założyć, składając nowy wniosek.

Z poważaniem
Biuro Obsługi Klienta$text$),
    ('staff.password_reset', 'Nowe hasło tymczasowe w IBOK Desk',
$text$Dzień dobry,

hasło do programu IBOK Desk zostało zmienione na tymczasowe.

Login: {{login}}

Hasło przekaże administrator. Przy pierwszym logowaniu program poprosi o ustawienie własnego. Jeżeli ta zmiana jest niespodziewana, należy niezwłocznie zawiadomić administratora i inspektora ochrony danych.$text$),
    ('meters.legalization_notice', 'Legalizacja podlicznika nr {{meter}} – ważna do {{valid_until}}',
$text$Szanowni Państwo,

zbliża się koniec ważności legalizacji wodomierza dodatkowego (podlicznika) albo jej termin już upłynął.

Odbiorca: {{name}}
Numer wodomierza: {{meter}}
Numer fabryczny: {{factory_no}}
Miejsce: {{place}}
Legalizacja ważna do: {{valid_until}}

Podlicznik należy do odbiorcy: jego wymiana albo ponowna legalizacja odbywa się staraniem i na koszt odbiorcy. Wskazań podlicznika bez ważnej legalizacji nie uwzględniamy w rozliczeniach i nie odliczamy według nich ilości wody ani ścieków.

Aby dalej korzystać z odliczenia, prosimy:
1) wymienić podlicznik na nowy albo zlecić jego ponowną legalizację,
2) zgłosić to w Biurze Obsługi Klienta i umówić termin odbioru,
3) umożliwić naszemu pracownikowi odbiór i zaplombowanie podlicznika.

Wskazania uwzględniamy od dnia odbioru i zaplombowania. Zawiadomienie nie dotyczy wodomierza głównego: o niego dbamy my.

Jeżeli podlicznik został już wymieniony i odebrany, prosimy uznać tę wiadomość za nieaktualną.

Z poważaniem
Biuro Obsługi Klienta$text$),
    ('letter.legalization_notice', 'Legalizacja podlicznika nr {{meter}} – ważna do {{valid_until}}',
$text$Szanowni Państwo,

zbliża się koniec ważności legalizacji wodomierza dodatkowego (podlicznika) albo jej termin już upłynął.

Odbiorca: {{name}}
Numer wodomierza: {{meter}}
Numer fabryczny: {{factory_no}}
Miejsce: {{place}}
Legalizacja ważna do: {{valid_until}}

Podlicznik należy do odbiorcy: jego wymiana albo ponowna legalizacja odbywa się staraniem i na koszt odbiorcy. Wskazań podlicznika bez ważnej legalizacji nie uwzględniamy w rozliczeniach i nie odliczamy według nich ilości wody ani ścieków.

Aby dalej korzystać z odliczenia, prosimy:
1) wymienić podlicznik na nowy albo zlecić jego ponowną legalizację,
2) zgłosić to w Biurze Obsługi Klienta i umówić termin odbioru,
3) umożliwić naszemu pracownikowi odbiór i zaplombowanie podlicznika.

Wskazania uwzględniamy od dnia odbioru i zaplombowania. Zawiadomienie nie dotyczy wodomierza głównego: o niego dbamy my.

Jeżeli podlicznik został już wymieniony i odebrany, prosimy uznać to pismo za nieaktualne.

Z poważaniem

Pismo sporządzono elektronicznie; jest ważne bez podpisu.$text$),
    ('letter.activation', 'Konto w Internetowym Biurze Obsługi Klienta',
$text$Szanowni Państwo,

konto w Internetowym Biurze Obsługi Klienta (IBOK) zostało założone.

Imię i nazwisko: {{first_name}} {{last_name}}
Login: {{login}}
Adres e-mail konta: {{email}}

Na podany adres e-mail wysłaliśmy wiadomość z adresem strony, na której należy ustawić hasło. Adres działa jeden raz, przez {{hours}} godz. od wysłania wiadomości. Po tym czasie nowy można otrzymać w Biurze Obsługi Klienta. Hasła nie znają i nie podają pracownicy biura.

Zasady korzystania z konta określa Regulamin IBOK, dostępny po zalogowaniu oraz w siedzibie przedsiębiorstwa.

Z poważaniem$text$),
    ('letter.application_copy', 'Kopia wniosku o założenie konta IBOK nr {{number}}',
$text$Kopia wniosku o założenie konta w Internetowym Biurze Obsługi Klienta (IBOK), złożonego {{received_on}}, dla osoby składającej wniosek: {{first_name}} {{last_name}}.$text$),
    ('letter.refusal', 'Wniosek o założenie konta IBOK nr {{number}} – odmowa',
$text$Szanowni Państwo,

wniosek o założenie konta w Internetowym Biurze Obsługi Klienta (IBOK), otrzymany {{received_on}}, został rozpatrzony odmownie.

Numer wniosku: {{number}}
Imię i nazwisko: {{first_name}} {{last_name}}
Powód: {{reason}}

Po usunięciu przyczyny odmowy wniosek można złożyć ponownie: przez stronę internetową, w siedzibie przedsiębiorstwa, pocztą albo e-mailem. W razie pytań prosimy o kontakt z Biurem Obsługi Klienta.

Z poważaniem$text$),
    ('letter.deletion_protocol', 'Protokół usunięcia konta IBOK nr {{number}}',
$text$W sprawie z dnia {{asked_on}} konto IBOK o numerze wewnętrznym {{account}} zostało usunięte {{executed_on}}. Usunięto dane potrzebne wyłącznie do prowadzenia konta; dane, których przechowywania wymaga prawo, pozostają do dni podanych niżej. Protokół nie zawiera danych osoby, której konto dotyczyło.$text$),
    ('letter.expertise_result', 'Ekspertyza wodomierza nr {{factory_no}} – odpowiedź',
$text$Szanowni Państwo,

w sprawie sprawdzenia prawidłowości działania wodomierza, zgłoszonej {{opened_on}}, przekazujemy wynik ekspertyzy.

Numer sprawy: {{case_no}}
Numer fabryczny wodomierza: {{factory_no}}
Adres punktu: {{place}}
Wodomierz zdjęto: {{removed_on}}
Przekazano do badania: {{sent_on}}
Badanie przeprowadził: {{office}}
Świadectwo: {{certificate_no}} z dnia {{certificate_on}}
Wynik: {{result}}
Koszt ekspertyzy ponosi: {{cost}}

{{consequence}}

Kopię świadectwa można otrzymać w Biurze Obsługi Klienta.

Z poważaniem$text$),
    ('letter.exchange_protocol', 'Protokół nr {{number}}: {{act}}',
$text$Data czynności: {{done_on}}
Punkt poboru: {{point}}$text$),
    ('letter.regulations_confirmation', 'Potwierdzenie akceptacji Regulaminu IBOK',
$text$Szanowni Państwo,

potwierdzamy akceptację Regulaminu Internetowego Biura Obsługi Klienta (IBOK), która jest równoznaczna z zawarciem umowy o świadczenie usług drogą elektroniczną.

Imię i nazwisko: {{first_name}} {{last_name}}
Login: {{login}}
Wersja Regulaminu: {{label}}
Wersja obowiązuje od: {{effective_on}}
Data akceptacji: {{accepted_on}}
Sposób złożenia oświadczenia: {{channel}}

Z konta można zrezygnować w każdej chwili, bez ponoszenia kosztów.

Z poważaniem$text$)
  ) as first (key, subject, body)
 where not exists (select from ibok.templates known where known.key = first.key);
