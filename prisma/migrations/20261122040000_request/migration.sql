-- AlterTable
ALTER TABLE "delegation" ADD COLUMN     "request_id" BIGINT;

-- CreateTable
CREATE TABLE "request" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "task_id" BIGINT,
    "post" TEXT,
    "person" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "inbound_id" BIGINT NOT NULL,
    "data" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "request_task_id_idx" ON "request"("task_id");

-- CreateIndex
CREATE INDEX "request_person_kind_idx" ON "request"("person", "kind");
