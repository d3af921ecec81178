-- Dated rules of accounts and mail, and by which door a kind of approval is asked for.

insert into ibok.rule_keys (key, kind, unit, least, most, decimals) values
  ('mail.undo_seconds', 'threshold', 'count', 0, 600, 0),
  ('mail.attempts', 'threshold', 'count', 1, 20, 0),
  ('account.activation_hours', 'deadline', 'hours', 1, 336, 0),
  ('account.email_hours', 'deadline', 'hours', 1, 336, 0),
  ('account.failed_sign_ins', 'threshold', 'count', 3, 50, 0),
  ('retention.deletion_request_years', 'retention', 'years', 1, 20, 0);

insert into ibok.rule_values (key, value, valid_from, source, approved_by)
select s.key, s.value::jsonb, '2024-07-17', s.source, 'ibok_owner'
  from (values
    ('mail.undo_seconds', '10', 'Wartość domyślna: sekundy na cofnięcie wysłania'),
    ('mail.attempts', '8', 'Wartość domyślna: próby wysłania jednej wiadomości'),
    ('account.activation_hours', '72', 'Wartość domyślna: ważność odnośnika aktywacyjnego, do potwierdzenia przez KPWiK'),
    ('account.email_hours', '24', 'Wartość domyślna: ważność odnośnika potwierdzającego adres e-mail'),
    ('account.failed_sign_ins', '10', 'Wartość domyślna: nieudane logowania z rzędu, po których konto jest blokowane'),
    ('retention.deletion_request_years', '6', 'Przechowywanie wniosku o usunięcie jako dowodu; do potwierdzenia przez KPWiK')
  ) as s (key, value, source)
 -- An office that has set a rule before keeps its own.
 where not exists (select from ibok.rule_values known where known.key = s.key);

-- True: api.request_approval may ask for it with nothing but the subject and a reason. Other kinds have a function of
-- their own that checks more first, or brings a payload.
alter table ibok.approval_kinds add column plain_request boolean not null default false;
