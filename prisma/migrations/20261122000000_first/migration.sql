-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "unit" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "short" TEXT NOT NULL,
    "parent" TEXT,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "post" (
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "post_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "person" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "account" (
    "channel" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "person_key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("channel","id")
);

-- CreateTable
CREATE TABLE "holding" (
    "id" SERIAL NOT NULL,
    "post" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT,

    CONSTRAINT "holding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delegation" (
    "id" SERIAL NOT NULL,
    "post" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "until" TEXT NOT NULL,

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_group" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "chat_id" TEXT NOT NULL,
    "units" TEXT[],
    "plans" TEXT[],

    CONSTRAINT "work_group_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "project" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "liaison" TEXT,
    "plans" TEXT[],
    "listed_from" TEXT,
    "listed_until" TEXT,
    "total_investment" DECIMAL(18,2),

    CONSTRAINT "project_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "plan" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "expanded_to" TIMESTAMPTZ(3),
    "next_opening_at" TIMESTAMPTZ(3),

    CONSTRAINT "plan_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "policy" (
    "id" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "measure" TEXT,
    "kind" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "post" TEXT NOT NULL,
    "project" TEXT,
    "period" TEXT,
    "state" TEXT NOT NULL,
    "open_at" TIMESTAMPTZ(3) NOT NULL,
    "first_due_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "policy_id" TEXT NOT NULL,
    "steps_done" TEXT[],
    "escalated_on" TEXT,
    "next_action_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,
    "submitted_at" TIMESTAMPTZ(3),
    "last_event" TEXT,
    "last_event_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "submission" (
    "id" BIGSERIAL NOT NULL,
    "task_id" BIGINT NOT NULL,
    "revision" INTEGER NOT NULL,
    "fields" JSONB NOT NULL,
    "text" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "inbound_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "late" BOOLEAN NOT NULL,
    "reason" TEXT,
    "confirmed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "formal_step" (
    "task_id" BIGINT NOT NULL,
    "step" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "send_id" TEXT,
    "drafted_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "formal_step_pkey" PRIMARY KEY ("task_id","step")
);

-- CreateTable
CREATE TABLE "inbound" (
    "id" BIGSERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "inbound_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "person" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("person")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "dedup_key" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "saying" JSONB NOT NULL,
    "task_id" BIGINT,
    "step" TEXT,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "deadline" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "send_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "send" (
    "id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "idempotent" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "platform_id" TEXT,
    "code" TEXT,
    "detail" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "send_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "event" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "task_id" BIGINT,
    "subject" TEXT,
    "data" JSONB NOT NULL,
    "inbound_id" BIGINT,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "holding_post_person_from_key" ON "holding"("post", "person", "from");

-- CreateIndex
CREATE UNIQUE INDEX "delegation_post_to_from_key" ON "delegation"("post", "to", "from");

-- CreateIndex
CREATE UNIQUE INDEX "work_group_channel_chat_id_key" ON "work_group"("channel", "chat_id");

-- CreateIndex
CREATE INDEX "plan_next_opening_at_idx" ON "plan"("next_opening_at");

-- CreateIndex
CREATE UNIQUE INDEX "task_key_key" ON "task"("key");

-- CreateIndex
CREATE INDEX "task_next_action" ON "task"("next_action_at") WHERE "next_action_at" IS NOT NULL;

-- CreateIndex
CREATE INDEX "task_post_state_idx" ON "task"("post", "state");

-- CreateIndex
CREATE INDEX "task_plan_rule_unit_idx" ON "task"("plan", "rule", "unit");

-- CreateIndex
CREATE UNIQUE INDEX "submission_task_id_revision_key" ON "submission"("task_id", "revision");

-- CreateIndex
CREATE INDEX "formal_step_send_id_idx" ON "formal_step"("send_id");

-- CreateIndex
CREATE INDEX "inbound_unhandled" ON "inbound"("id") WHERE "state" = 'received';

-- CreateIndex
CREATE UNIQUE INDEX "inbound_channel_message_id_key" ON "inbound"("channel", "message_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_dedup_key_key" ON "outbox"("dedup_key");

-- CreateIndex
CREATE INDEX "outbox_waiting" ON "outbox"("not_before") WHERE "state" IN ('queued', 'sending');

-- CreateIndex
CREATE INDEX "outbox_task_id_idx" ON "outbox"("task_id");

-- CreateIndex
CREATE INDEX "outbox_send_id_idx" ON "outbox"("send_id");

-- CreateIndex
CREATE INDEX "send_address_started_at_idx" ON "send"("address", "started_at");

-- CreateIndex
CREATE INDEX "send_started_at_idx" ON "send"("started_at");

-- CreateIndex
CREATE INDEX "event_task_id_idx" ON "event"("task_id");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_person_key_fkey" FOREIGN KEY ("person_key") REFERENCES "person"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
