-- CreateEnum
CREATE TYPE "ReminderHours" AS ENUM ('ANY', 'MORNING', 'AFTERNOON', 'EVENING');

-- CreateEnum
CREATE TYPE "ConsentAct" AS ENUM ('GIVEN', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "CampaignState" AS ENUM ('DRAFT', 'WAITING', 'SCHEDULED', 'RUNNING', 'PAUSED', 'STOPPED', 'DONE');

-- CreateEnum
CREATE TYPE "RecipientState" AS ENUM ('WAITING', 'QUEUED', 'EXCLUDED');

-- CreateEnum
CREATE TYPE "TemplateState" AS ENUM ('PENDING', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED');

-- AlterTable
ALTER TABLE "Contact" ADD COLUMN     "comune" TEXT,
ADD COLUMN     "hours" "ReminderHours" NOT NULL DEFAULT 'ANY',
ADD COLUMN     "votedIn" TEXT;

-- AlterTable
ALTER TABLE "Address" ADD COLUMN     "pacedTo" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "begunAt" TIMESTAMPTZ(3),
ADD COLUMN     "campaign" TEXT;

-- CreateTable
CREATE TABLE "Consent" (
    "id" BIGSERIAL NOT NULL,
    "contactId" UUID NOT NULL,
    "edition" TEXT NOT NULL,
    "of" TEXT,
    "act" "ConsentAct" NOT NULL,
    "by" TEXT NOT NULL,
    "words" TEXT,
    "channel" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Campaign" (
    "edition" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "state" "CampaignState" NOT NULL DEFAULT 'DRAFT',
    "plan" JSONB NOT NULL,
    "automatic" BOOLEAN NOT NULL DEFAULT false,
    "createdBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startsAt" TIMESTAMPTZ(3),
    "enrolledTo" UUID,
    "enrolledAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "summary" JSONB,

    CONSTRAINT "Campaign_pkey" PRIMARY KEY ("edition","id")
);

-- CreateTable
CREATE TABLE "CampaignApproval" (
    "edition" TEXT NOT NULL,
    "campaignId" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CampaignApproval_pkey" PRIMARY KEY ("edition","campaignId","by")
);

-- CreateTable
CREATE TABLE "CampaignRecipient" (
    "edition" TEXT NOT NULL,
    "campaignId" TEXT NOT NULL,
    "contactId" UUID NOT NULL,
    "state" "RecipientState" NOT NULL DEFAULT 'WAITING',
    "reason" TEXT,
    "channel" TEXT,
    "language" TEXT,
    "template" BOOLEAN NOT NULL DEFAULT false,
    "notBefore" TIMESTAMPTZ(3),
    "outboxId" BIGINT,
    "queuedAt" TIMESTAMPTZ(3),

    CONSTRAINT "CampaignRecipient_pkey" PRIMARY KEY ("edition","campaignId","contactId")
);

-- CreateTable
CREATE TABLE "TestCode" (
    "lookup" BYTEA NOT NULL,
    "contactId" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TestCode_pkey" PRIMARY KEY ("lookup")
);

-- CreateTable
CREATE TABLE "TemplateStatus" (
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "state" "TemplateState" NOT NULL,
    "reason" TEXT,
    "category" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TemplateStatus_pkey" PRIMARY KEY ("name","language")
);

-- CreateTable
-- Not logged, by hand: written many times a second, and worth nothing after a crash.
CREATE UNLOGGED TABLE "SendSlots" (
    "channel" TEXT NOT NULL,
    "seats" DOUBLE PRECISION[],
    "nextAt" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "SendSlots_pkey" PRIMARY KEY ("channel")
);

-- CreateTable
CREATE TABLE "JobTurn" (
    "name" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "JobTurn_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Facilitator" (
    "id" UUID NOT NULL,
    "edition" TEXT NOT NULL,
    "sealed" BYTEA,
    "code" BYTEA NOT NULL,
    "contactId" UUID,
    "invitedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "joinedAt" TIMESTAMPTZ(3),
    "stoppedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Facilitator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Accompaniment" (
    "id" UUID NOT NULL,
    "edition" TEXT NOT NULL,
    "facilitatorId" UUID NOT NULL,
    "code" BYTEA NOT NULL,
    "task" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "contactId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "consentedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "endedBy" TEXT,

    CONSTRAINT "Accompaniment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HandOver" (
    "id" UUID NOT NULL,
    "accompanimentId" UUID NOT NULL,
    "flow" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "frame" TEXT NOT NULL,
    "sealed" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "HandOver_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AssistedSession" (
    "id" UUID NOT NULL,
    "edition" TEXT NOT NULL,
    "facilitatorId" UUID NOT NULL,
    "channel" TEXT,
    "ownerId" UUID,
    "guestId" UUID,
    "reason" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endedBy" TEXT,
    "done" TEXT[],

    CONSTRAINT "AssistedSession_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Consent_contactId_id_idx" ON "Consent"("contactId", "id");

-- CreateIndex
CREATE INDEX "Campaign_edition_state_idx" ON "Campaign"("edition", "state");

-- CreateIndex
CREATE INDEX "CampaignRecipient_contactId_queuedAt_idx" ON "CampaignRecipient"("contactId", "queuedAt");

-- CreateIndex
CREATE INDEX "TestCode_contactId_idx" ON "TestCode"("contactId");

-- CreateIndex
CREATE INDEX "TestCode_until_idx" ON "TestCode"("until");

-- CreateIndex
CREATE UNIQUE INDEX "Facilitator_code_key" ON "Facilitator"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Facilitator_contactId_key" ON "Facilitator"("contactId");

-- CreateIndex
CREATE INDEX "Facilitator_edition_invitedAt_idx" ON "Facilitator"("edition", "invitedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Accompaniment_code_key" ON "Accompaniment"("code");

-- CreateIndex
CREATE INDEX "Accompaniment_facilitatorId_createdAt_idx" ON "Accompaniment"("facilitatorId", "createdAt");

-- CreateIndex
CREATE INDEX "Accompaniment_contactId_idx" ON "Accompaniment"("contactId");

-- CreateIndex
CREATE INDEX "HandOver_accompanimentId_idx" ON "HandOver"("accompanimentId");

-- CreateIndex
CREATE UNIQUE INDEX "AssistedSession_guestId_key" ON "AssistedSession"("guestId");

-- CreateIndex
CREATE INDEX "AssistedSession_facilitatorId_startedAt_idx" ON "AssistedSession"("facilitatorId", "startedAt");

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CampaignApproval" ADD CONSTRAINT "CampaignApproval_edition_campaignId_fkey" FOREIGN KEY ("edition", "campaignId") REFERENCES "Campaign"("edition", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CampaignRecipient" ADD CONSTRAINT "CampaignRecipient_edition_campaignId_fkey" FOREIGN KEY ("edition", "campaignId") REFERENCES "Campaign"("edition", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CampaignRecipient" ADD CONSTRAINT "CampaignRecipient_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TestCode" ADD CONSTRAINT "TestCode_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Facilitator" ADD CONSTRAINT "Facilitator_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Accompaniment" ADD CONSTRAINT "Accompaniment_facilitatorId_fkey" FOREIGN KEY ("facilitatorId") REFERENCES "Facilitator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Accompaniment" ADD CONSTRAINT "Accompaniment_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HandOver" ADD CONSTRAINT "HandOver_accompanimentId_fkey" FOREIGN KEY ("accompanimentId") REFERENCES "Accompaniment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssistedSession" ADD CONSTRAINT "AssistedSession_facilitatorId_fkey" FOREIGN KEY ("facilitatorId") REFERENCES "Facilitator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what Prisma's schema cannot say.

-- Who waits for a campaign's message.
CREATE INDEX "CampaignRecipient_waiting_idx" ON "CampaignRecipient"("edition", "campaignId", "notBefore") WHERE "state" = 'WAITING';

-- How many went out by a template in the last day: the platform counts them, whatever campaign they were of.
CREATE INDEX "CampaignRecipient_template_idx" ON "CampaignRecipient"("queuedAt") WHERE "template" AND "queuedAt" IS NOT NULL;

-- What became of a campaign's messages, and which of them may still be called back.
CREATE INDEX "Outbox_campaign_idx" ON "Outbox"("campaign", "state") WHERE "campaign" IS NOT NULL;

-- Assisted sessions that are going on.
CREATE INDEX "AssistedSession_open_idx" ON "AssistedSession"("until") WHERE "endedAt" IS NULL;

-- Outbox.claim: what is due of each channel, however much waits on the others, people before notices; and what
-- is in somebody's hands, of whom some may be dead.
DROP INDEX "Outbox_waiting_idx";
CREATE INDEX "Outbox_waiting_idx" ON "Outbox"("channel", "id") WHERE "state" IN ('READY', 'SENDING') AND "kind" <> 'NOTICE';
CREATE INDEX "Outbox_notices_idx" ON "Outbox"("channel", "id") WHERE "state" IN ('READY', 'SENDING') AND "kind" = 'NOTICE';
CREATE INDEX "Outbox_sending_idx" ON "Outbox"("id") WHERE "state" = 'SENDING';

-- Who wants no more of a campaign's messages has none of them a moment later.
CREATE INDEX "Outbox_campaign_of_contact_idx" ON "Outbox"("contactId") WHERE "campaign" IS NOT NULL AND "state" IN ('READY', 'SENDING');
