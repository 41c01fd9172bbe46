-- The tables of hangupby on PostgreSQL. Creating them a second time changes nothing.

-- One row for each task: what came of it.
create table if not exists hangupby_task (
  account      varchar(34)              not null,
  workspace    varchar(34)              not null,
  task         varchar(34)              not null,
  revision     bigint                   not null, -- how often something was told of it; a worker compares it
  changed_at   timestamp with time zone not null,
  outcomes     text                     not null, -- JSON: verdicts, what they rest on, what became of the values
  field_owner  varchar(34),                       -- the reservation whose value stands in the task
  preset       boolean                  not null,
  parked_at    timestamp with time zone,          -- given up until somebody puts it back
  parked_reason varchar(1000),
  primary key (task, workspace, account)
);
create index if not exists hangupby_task_changed on hangupby_task (changed_at);
create index if not exists hangupby_task_parked on hangupby_task (parked_at) where parked_at is not null;

-- What Twilio told of each task, as far as a verdict can need it.
create table if not exists hangupby_event (
  account      varchar(34)              not null,
  workspace    varchar(34)              not null,
  task         varchar(34)              not null,
  event        varchar(120)             not null, -- what a repeated delivery is known by
  revision     bigint                   not null, -- the order in which they came
  body         text                     not null, -- JSON
  primary key (task, workspace, account, event),
  foreign key (task, workspace, account) references hangupby_task (task, workspace, account) on delete cascade
);

-- Tasks that are due, and chores: db-scheduler's table, under a name of ours.
create table if not exists hangupby_queue (
  task_name            varchar(40)              not null,
  task_instance        varchar(120)             not null,
  task_data            bytea,
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
