-- One million persons as somebody would keep them who wants to search in PostgreSQL:
-- a row each, texts in lower case, an index for each question.
create extension pg_trgm;
\set ON_ERROR_STOP on
select format('create unlogged table lest (%s)', string_agg(format('%I text', spalte), ', '))
from unnest(string_to_array(:'header', ',')) spalte \gexec
copy lest from program 'cat persons.csv' (format csv, header);
create table person as
select personidentifikator::bigint id, lower(visningnavn) navn, lower(fornavn) fornavn, lower(etternavn) etternavn, foedselsdato::date foedt, kommunenr, katalog,
	reservasjon, status, spraak, lower(epostadresse) epost, epostadresse_oppdatert::timestamptz epost_oppdatert,
	greatest(epostadresse_oppdatert::timestamptz, epostadresse_sist_verifisert::timestamptz) epost_nyest,
	greatest(mobiltelefonnummer_oppdatert::timestamptz, mobiltelefonnummer_sist_verifisert::timestamptz) mobil_nyest,
	mobiltelefonnummer_duplisert mobil_duplisert, postkasseleverandoeradresse leverandoer
from lest order by 1;
create table slekt as
select personidentifikator::bigint id, split_part(par, ':', 1) navn, split_part(par, ':', 2)::bigint slektning
from lest, unnest(string_to_array(relasjoner, ' ')) par order by 1;
drop table lest;
alter table person add primary key (id);
create index on person (epost_nyest) where reservasjon = 'NEI';
create index on person (mobil_nyest) where reservasjon = 'NEI';
create index on person (leverandoer, epost_nyest, foedt);
create index on person (foedt);
create index on person (epost_oppdatert, id);
create index on person (etternavn text_pattern_ops);
create index on person (kommunenr, etternavn text_pattern_ops);
create index on person (mobil_duplisert, spraak);
create index on person using gin (navn gin_trgm_ops);
create index on person using gin (epost gin_trgm_ops);
create index on person (katalog text_pattern_ops);
create index on slekt (id, navn);
create index on slekt (slektning) where navn = 'barn';
vacuum analyze person;
vacuum analyze slekt;
