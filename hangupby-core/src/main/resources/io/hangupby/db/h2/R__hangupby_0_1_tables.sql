-- The tables of hangupby on H2: a repeatable migration of Flyway, a change set of Liquibase, or a script to run by hand.
-- Running this file again changes nothing.

-- One row for each task: its outcomes.
create table if not exists hangupby_task (
  account      varchar(34)              not null,
  workspace    varchar(34)              not null,
  task         varchar(34)              not null,
  revision     bigint                   not null, -- changes with each event and wake, compared by a worker
  changed_at   timestamp with time zone not null,
  outcomes     clob                     not null, -- JSON: verdicts, their evidence, and the results of the writes
  field_owner  varchar(34),                       -- the reservation whose value is in the task
  preset       boolean                  not null,
  parked_at    timestamp with time zone,          -- not retried until somebody calls retryParked
  parked_reason varchar(1000),
  primary key (task, workspace, account)
);
create index if not exists hangupby_task_changed on hangupby_task (changed_at);
create index if not exists hangupby_task_parked on hangupby_task (parked_at);

-- Twilio's events of each task, as far as a verdict can need them.
create table if not exists hangupby_event (
  account      varchar(34)              not null,
  workspace    varchar(34)              not null,
  task         varchar(34)              not null,
  event        varchar(120)             not null, -- identifies a repeated delivery
  revision     bigint                   not null, -- the order of arrival
  body         clob                     not null, -- JSON
  primary key (task, workspace, account, event),
  foreign key (task, workspace, account) references hangupby_task (task, workspace, account) on delete cascade
);

-- Which tasks the SIDs of calls and conferences belong to: Voice Insights names no task.
create table if not exists hangupby_leg (
  account      varchar(34)              not null,
  workspace    varchar(34)              not null,
  task         varchar(34)              not null,
  sid          varchar(34)              not null,
  primary key (sid, account, workspace, task),
  foreign key (task, workspace, account) references hangupby_task (task, workspace, account) on delete cascade
);
create index if not exists hangupby_leg_task on hangupby_leg (task, workspace, account);

-- Due tasks and recurring jobs: db-scheduler's table, under our name.
create table if not exists hangupby_queue (
  task_name            varchar(40)              not null,
  task_instance        varchar(120)             not null,
  task_data            varbinary(1000000),
  execution_time       timestamp with time zone not null,
  picked               boolean                  not null,
  picked_by            varchar(50),
  last_success         timestamp with time zone,
  last_failure         timestamp with time zone,
  consecutive_failures int,
  last_heartbeat       timestamp with time zone,
  version              bigint                   not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index if not exists hangupby_queue_due on hangupby_queue (execution_time);
create index if not exists hangupby_queue_heartbeat on hangupby_queue (last_heartbeat);
