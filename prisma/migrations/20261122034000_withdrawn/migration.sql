-- AlterTable
ALTER TABLE "submission" ADD COLUMN     "stage_before" TEXT,
ADD COLUMN     "state_before" TEXT,
ADD COLUMN     "withdrawn_at" TIMESTAMPTZ(3),
ADD COLUMN     "withdrawn_by" TEXT;
