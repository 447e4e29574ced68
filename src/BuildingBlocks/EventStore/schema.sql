-- Marten 9's tables (single tenancy, Guid stream identity, all metadata columns); our additions live in other tables and schemas.
create schema if not exists events;
create schema if not exists ledger;
create schema if not exists privacy;
create schema if not exists http;
create schema if not exists projections;
create schema if not exists mail;
-- Exclusion constraints of guard tables compare ids with =.
create extension if not exists btree_gist;
-- Search finds parts of words by trigrams.
create extension if not exists pg_trgm with schema public;

create table if not exists events.mt_streams (
    id          uuid        not null,
    type        varchar     null,
    version     bigint      null,
    timestamp   timestamptz not null default now(),
    created     timestamptz not null default now(),
    tenant_id   varchar     null default '*DEFAULT*',
    is_archived bool        null default false,
    constraint pkey_mt_streams_id primary key (id)
);

create sequence if not exists events.mt_events_sequence;
create table if not exists events.mt_events (
    seq_id         bigint       not null,
    id             uuid         not null,
    stream_id      uuid         null,
    version        bigint       not null,
    data           jsonb        not null,
    bdata          bytea        null,
    type           varchar(500) not null,
    timestamp      timestamptz  not null default now(),
    tenant_id      varchar      null default '*DEFAULT*',
    mt_dotnet_type varchar      null,
    correlation_id varchar      null,
    causation_id   varchar      null,
    headers        jsonb        null,
    user_name      varchar      null,
    is_archived    bool         null default false,
    constraint pkey_mt_events_seq_id primary key (seq_id),
    constraint fkey_mt_events_stream_id foreign key (stream_id) references events.mt_streams (id) on delete cascade
);
create unique index if not exists pk_mt_events_stream_and_version on events.mt_events (stream_id, version);
alter sequence events.mt_events_sequence owned by events.mt_events.seq_id;

create table if not exists events.mt_event_progression (
    name         varchar     not null,
    last_seq_id  bigint      null,
    last_updated timestamptz null default transaction_timestamp(),
    constraint pk_mt_event_progression primary key (name)
);

-- The log: every event queues itself, the sequencer seals it as a leaf of a Merkle tree (RFC 6962) and signs what it has sealed.
create table if not exists ledger.pending    (seq_id bigint primary key);
create table if not exists ledger.leaf       (
    position bigint primary key, seq_id bigint not null unique, event_id uuid not null, salt bytea, commitment bytea not null,
    leaf_hash bytea not null check (octet_length(leaf_hash) = 32)
);
create index if not exists leaf_event on ledger.leaf (event_id);
create table if not exists ledger.tile       (level int, n bigint, width int, bytes bytea not null, primary key (level, n, width));
create table if not exists ledger.state      (one bool primary key default true check (one), size bigint not null, root bytea not null, published bigint not null default 0);
insert into ledger.state (size, root) values (0, sha256('')) on conflict do nothing;
-- Append only. A log that had to be opened anew after a rollback has a number of its own, and names the one before it.
create table if not exists ledger.log        (number int primary key, origin text not null unique, vkey text not null, opened_at timestamptz not null, follows text null);
create table if not exists ledger.checkpoint (size bigint primary key, note text not null, signed_at timestamptz not null);
create index if not exists checkpoint_signed on ledger.checkpoint (signed_at, size);
create table if not exists ledger.cosignature(size bigint, witness text, line text not null, at timestamptz not null, primary key (size, witness));
create index if not exists cosignature_witness on ledger.cosignature (witness, size);
create table if not exists ledger.witness    (name text primary key, vkey text not null, url text not null, last_size bigint not null default 0);

create table if not exists privacy.envelope (
    event_id uuid, subject_id uuid, key_class text, ct bytea not null, kc bytea not null, envelope bytea,
    primary key (event_id, subject_id, key_class)
);
create index if not exists envelope_subject on privacy.envelope (subject_id);

-- What a caller was answered to a POST with an Idempotency-Key; kept 24 hours.
create table if not exists http.idempotency (
    caller text, route text, key text, body_hash bytea not null,
    status int not null, location text null, body text not null, stream_id uuid null, version bigint null,
    created_at timestamptz not null,
    primary key (caller, route, key)
);
create index if not exists idempotency_created on http.idempotency (created_at);

-- Mail that waits to be sent. The body is encrypted; the hash finds an address again. In no backup: it must not go out a second time.
create table if not exists mail.outbox (
    id uuid primary key, address_hash bytea not null, body bytea not null, queued_at timestamptz not null, next_at timestamptz not null, attempts int not null
);
create index if not exists outbox_next on mail.outbox (next_at);
create index if not exists outbox_address on mail.outbox (address_hash);

create table if not exists projections.checkpoint  (name text primary key, position bigint not null);
create table if not exists projections.definition  (name text primary key, digest text not null);

-- Every appended event queues itself in its own transaction; whoever writes it cannot forget to.
create or replace function ledger.enqueue() returns trigger language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
    insert into ledger.pending select seq_id from added;
    return null;
end $$;
create or replace trigger enqueue after insert on events.mt_events
    referencing new table as added for each statement execute function ledger.enqueue();

-- Moves a stream on, if it has the version that its writer saw.
create or replace function events.advance(p_stream uuid, p_expected bigint, p_version bigint, p_at timestamptz) returns void language plpgsql as $$
begin
    update events.mt_streams set version = p_version, timestamp = p_at where id = p_stream and version = p_expected;
    if not found then
        raise exception 'stale version' using errcode = 'CN001';
    end if;
end $$;
