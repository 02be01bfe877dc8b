-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "InboxState" AS ENUM ('PENDING', 'DONE', 'FAILED');

-- CreateEnum
CREATE TYPE "OutboxKind" AS ENUM ('REPLY', 'CODE', 'NOTICE');

-- CreateEnum
CREATE TYPE "OutboxState" AS ENUM ('READY', 'SENDING', 'SENT', 'UNCERTAIN', 'FAILED');

-- CreateEnum
CREATE TYPE "ProposalState" AS ENUM ('SUBMITTED', 'WITHDRAWN', 'ADMITTED', 'REFUSED');

-- CreateEnum
CREATE TYPE "PhoneDirection" AS ENUM ('FROM_PERSON', 'TO_PERSON');

-- CreateTable
CREATE TABLE "Contact" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "session" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Address" (
    "channel" TEXT NOT NULL,
    "lookup" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,
    "contactId" UUID NOT NULL,
    "unreachableAt" TIMESTAMPTZ(3),

    CONSTRAINT "Address_pkey" PRIMARY KEY ("channel","lookup")
);

-- CreateTable
CREATE TABLE "Inbox" (
    "id" BIGSERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "key" BYTEA NOT NULL,
    "contactId" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "sealed" BYTEA,
    "state" "InboxState" NOT NULL DEFAULT 'PENDING',
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handledAt" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "Inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" BIGSERIAL NOT NULL,
    "contactId" UUID,
    "channel" TEXT NOT NULL,
    "lookup" BYTEA NOT NULL,
    "kind" "OutboxKind" NOT NULL,
    "sealed" BYTEA,
    "state" "OutboxState" NOT NULL DEFAULT 'READY',
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lapses" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TIMESTAMPTZ(3),
    "leaseUntil" TIMESTAMPTZ(3),
    "platformId" BYTEA,
    "reason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Proposal" (
    "id" UUID NOT NULL,
    "edition" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "contactId" UUID,
    "state" "ProposalState" NOT NULL DEFAULT 'SUBMITTED',
    "challenge" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "need" TEXT NOT NULL,
    "solution" TEXT NOT NULL,
    "reach" TEXT NOT NULL,
    "involved" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "cost" INTEGER NOT NULL,
    "conflicts" TEXT NOT NULL,
    "proponent" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CoDesigner" (
    "proposalId" UUID NOT NULL,
    "contactId" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CoDesigner_pkey" PRIMARY KEY ("proposalId","contactId")
);

-- CreateTable
CREATE TABLE "Reminder" (
    "contactId" UUID NOT NULL,
    "edition" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "Reminder_pkey" PRIMARY KEY ("contactId","edition","phase")
);

-- CreateTable
CREATE TABLE "OfferedDraft" (
    "lookup" BYTEA NOT NULL,
    "contactId" UUID NOT NULL,
    "frame" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OfferedDraft_pkey" PRIMARY KEY ("lookup")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "DemoMail" (
    "id" BIGSERIAL NOT NULL,
    "sealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DemoMail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PhoneMessage" (
    "id" BIGSERIAL NOT NULL,
    "phone" TEXT NOT NULL,
    "direction" "PhoneDirection" NOT NULL,
    "key" TEXT,
    "sealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PhoneMessage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Address_contactId_idx" ON "Address"("contactId");

-- CreateIndex
CREATE UNIQUE INDEX "Inbox_channel_key_key" ON "Inbox"("channel", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Proposal_code_key" ON "Proposal"("code");

-- CreateIndex
CREATE INDEX "Proposal_edition_createdAt_idx" ON "Proposal"("edition", "createdAt");

-- CreateIndex
CREATE INDEX "Proposal_contactId_idx" ON "Proposal"("contactId");

-- CreateIndex
CREATE INDEX "CoDesigner_contactId_idx" ON "CoDesigner"("contactId");

-- CreateIndex
CREATE INDEX "Reminder_edition_phase_sentAt_idx" ON "Reminder"("edition", "phase", "sentAt");

-- CreateIndex
CREATE INDEX "OfferedDraft_contactId_idx" ON "OfferedDraft"("contactId");

-- CreateIndex
CREATE INDEX "OfferedDraft_until_idx" ON "OfferedDraft"("until");

-- CreateIndex
CREATE UNIQUE INDEX "PhoneMessage_phone_key_key" ON "PhoneMessage"("phone", "key");

-- CreateIndex
CREATE INDEX "PhoneMessage_phone_id_idx" ON "PhoneMessage"("phone", "id");

-- AddForeignKey
ALTER TABLE "Address" ADD CONSTRAINT "Address_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Inbox" ADD CONSTRAINT "Inbox_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Outbox" ADD CONSTRAINT "Outbox_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Proposal" ADD CONSTRAINT "Proposal_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CoDesigner" ADD CONSTRAINT "CoDesigner_proposalId_fkey" FOREIGN KEY ("proposalId") REFERENCES "Proposal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CoDesigner" ADD CONSTRAINT "CoDesigner_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reminder" ADD CONSTRAINT "Reminder_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OfferedDraft" ADD CONSTRAINT "OfferedDraft_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand, as schema.prisma cannot say it: what is waiting is a few rows among very many.

-- Conversations.pending: the oldest messages that wait, then all that wait of the same contacts.
CREATE INDEX "Inbox_waiting_idx" ON "Inbox"("id") WHERE "state" = 'PENDING';
CREATE INDEX "Inbox_waiting_of_contact_idx" ON "Inbox"("contactId", "position", "id") WHERE "state" = 'PENDING';

-- Outbox.claim: what is due, replies and codes before notices, and what else waits for the same address.
CREATE INDEX "Outbox_waiting_idx" ON "Outbox"(("kind" = 'NOTICE'), "id") WHERE "state" IN ('READY', 'SENDING');
CREATE INDEX "Outbox_waiting_for_address_idx" ON "Outbox"("lookup", ("kind" = 'NOTICE'), "id") WHERE "state" IN ('READY', 'SENDING');

-- Statuses that come after a message was sent name it by the platform's id.
CREATE INDEX "Outbox_platformId_idx" ON "Outbox"("channel", "platformId") WHERE "platformId" IS NOT NULL;

-- A session is written at every turn: room in its page lets PostgreSQL leave the indexes alone.
ALTER TABLE "Contact" SET (fillfactor = 70);

-- Rows stop waiting as fast as they come, and leave as many dead entries in the indexes above.
ALTER TABLE "Inbox" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "Outbox" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
