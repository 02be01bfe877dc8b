-- CreateEnum
CREATE TYPE "Mark" AS ENUM ('SPID', 'CODE', 'STATION', 'ONLINE', 'PAPER');

-- CreateEnum
CREATE TYPE "CityUserState" AS ENUM ('REQUESTED', 'ENABLED', 'REFUSED');

-- CreateEnum
CREATE TYPE "StationAct" AS ENUM ('PAPER', 'ASSISTED', 'CITY_USER', 'UNDO');

-- AlterTable
ALTER TABLE "Proposal" ADD COLUMN     "finalCost" INTEGER,
ADD COLUMN     "summary" TEXT;

-- CreateTable
CREATE TABLE "BallotBox" (
    "edition" TEXT NOT NULL,
    "projects" JSONB NOT NULL,
    "publicKey" TEXT NOT NULL,
    "closedOn" DATE,
    "result" JSONB,

    CONSTRAINT "BallotBox_pkey" PRIMARY KEY ("edition")
);

-- CreateTable
CREATE TABLE "Voter" (
    "id" UUID NOT NULL,
    "edition" TEXT NOT NULL,
    "comune" TEXT,
    "sealed" BYTEA NOT NULL,
    "nameKey" BYTEA NOT NULL,
    "enabledFrom" DATE,
    "letter" BYTEA,
    "mark" "Mark",

    CONSTRAINT "Voter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VoterCode" (
    "edition" TEXT NOT NULL,
    "lookup" BYTEA NOT NULL,
    "voterId" UUID NOT NULL,

    CONSTRAINT "VoterCode_pkey" PRIMARY KEY ("edition","lookup")
);

-- CreateTable
CREATE TABLE "CityUser" (
    "edition" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "contactId" UUID,
    "state" "CityUserState" NOT NULL DEFAULT 'REQUESTED',
    "sealed" BYTEA NOT NULL,
    "lookup" BYTEA,
    "requestedOn" DATE NOT NULL,
    "voterId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CityUser_pkey" PRIMARY KEY ("edition","number")
);

-- CreateTable
CREATE TABLE "BallotLink" (
    "lookup" BYTEA NOT NULL,
    "edition" TEXT NOT NULL,
    "contactId" UUID NOT NULL,
    "cityUser" INTEGER,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BallotLink_pkey" PRIMARY KEY ("lookup")
);

-- CreateTable
CREATE TABLE "BallotSession" (
    "lookup" BYTEA NOT NULL,
    "edition" TEXT NOT NULL,
    "contactId" UUID,
    "voterId" UUID,
    "route" "Mark",
    "sealed" BYTEA,
    "digits" BYTEA,
    "triesLeft" INTEGER NOT NULL DEFAULT 0,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BallotSession_pkey" PRIMARY KEY ("lookup")
);

-- CreateTable
CREATE TABLE "BallotTie" (
    "id" BIGSERIAL NOT NULL,
    "edition" TEXT NOT NULL,
    "contactId" UUID NOT NULL,
    "tiedOn" DATE NOT NULL,

    CONSTRAINT "BallotTie_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LoginCode" (
    "edition" TEXT NOT NULL,
    "lookup" BYTEA NOT NULL,
    "mac" BYTEA NOT NULL,
    "session" BYTEA NOT NULL,
    "voterId" UUID,
    "triesLeft" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "issued" INTEGER NOT NULL DEFAULT 1,
    "restsUntil" TIMESTAMPTZ(3),

    CONSTRAINT "LoginCode_pkey" PRIMARY KEY ("edition","lookup")
);

-- CreateTable
CREATE TABLE "Throttle" (
    "key" BYTEA NOT NULL,
    "count" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Spool" (
    "edition" TEXT NOT NULL,
    "id" BYTEA NOT NULL,
    "envelope" BYTEA NOT NULL,

    CONSTRAINT "Spool_pkey" PRIMARY KEY ("edition","id")
);

-- CreateTable
CREATE TABLE "Urn" (
    "edition" TEXT NOT NULL,
    "id" BYTEA NOT NULL,
    "envelope" BYTEA NOT NULL,
    "page" INTEGER,

    CONSTRAINT "Urn_pkey" PRIMARY KEY ("edition","id")
);

-- CreateTable
CREATE TABLE "Turnout" (
    "edition" TEXT NOT NULL,
    "route" "Mark" NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "Turnout_pkey" PRIMARY KEY ("edition","route")
);

-- CreateTable
CREATE TABLE "BoardPage" (
    "edition" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "receipts" INTEGER NOT NULL,
    "root" BYTEA NOT NULL,
    "chain" BYTEA NOT NULL,

    CONSTRAINT "BoardPage_pkey" PRIMARY KEY ("edition","number")
);

-- CreateTable
CREATE TABLE "Station" (
    "id" UUID NOT NULL,
    "edition" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "sealed" BYTEA NOT NULL,
    "link" BYTEA,
    "device" BYTEA,
    "locked" BOOLEAN NOT NULL DEFAULT false,
    "triesLeft" INTEGER NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Station_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StationEntry" (
    "id" BIGSERIAL NOT NULL,
    "stationId" UUID NOT NULL,
    "request" UUID NOT NULL,
    "act" "StationAct" NOT NULL,
    "voterId" UUID,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StationEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaperTally" (
    "edition" TEXT NOT NULL,
    "station" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "by" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PaperTally_pkey" PRIMARY KEY ("edition","station","day","by")
);

-- CreateIndex
CREATE INDEX "Voter_edition_nameKey_idx" ON "Voter"("edition", "nameKey");

-- CreateIndex
CREATE INDEX "VoterCode_voterId_idx" ON "VoterCode"("voterId");

-- CreateIndex
CREATE INDEX "CityUser_contactId_idx" ON "CityUser"("contactId");

-- CreateIndex
CREATE INDEX "CityUser_edition_state_requestedOn_idx" ON "CityUser"("edition", "state", "requestedOn");

-- CreateIndex
CREATE INDEX "BallotLink_contactId_idx" ON "BallotLink"("contactId");

-- CreateIndex
CREATE INDEX "BallotLink_until_idx" ON "BallotLink"("until");

-- CreateIndex
CREATE INDEX "BallotSession_contactId_idx" ON "BallotSession"("contactId");

-- CreateIndex
CREATE INDEX "BallotSession_until_idx" ON "BallotSession"("until");

-- CreateIndex
CREATE INDEX "BallotTie_contactId_idx" ON "BallotTie"("contactId");

-- CreateIndex
CREATE INDEX "LoginCode_until_idx" ON "LoginCode"("until");

-- CreateIndex
CREATE INDEX "Throttle_until_idx" ON "Throttle"("until");

-- CreateIndex
CREATE UNIQUE INDEX "Station_link_key" ON "Station"("link");

-- CreateIndex
CREATE UNIQUE INDEX "Station_device_key" ON "Station"("device");

-- CreateIndex
CREATE UNIQUE INDEX "Station_edition_name_day_key" ON "Station"("edition", "name", "day");

-- CreateIndex
CREATE INDEX "StationEntry_at_idx" ON "StationEntry"("at");

-- CreateIndex
CREATE UNIQUE INDEX "StationEntry_stationId_request_key" ON "StationEntry"("stationId", "request");

-- AddForeignKey
ALTER TABLE "VoterCode" ADD CONSTRAINT "VoterCode_voterId_fkey" FOREIGN KEY ("voterId") REFERENCES "Voter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CityUser" ADD CONSTRAINT "CityUser_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BallotLink" ADD CONSTRAINT "BallotLink_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BallotSession" ADD CONSTRAINT "BallotSession_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BallotSession" ADD CONSTRAINT "BallotSession_voterId_fkey" FOREIGN KEY ("voterId") REFERENCES "Voter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BallotTie" ADD CONSTRAINT "BallotTie_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StationEntry" ADD CONSTRAINT "StationEntry_stationId_fkey" FOREIGN KEY ("stationId") REFERENCES "Station"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: room on every page, so that a row stays on the page it was imported to when it is
-- marked. Where it stands tells nothing of when that was, and no index has to be told.
ALTER TABLE "Voter" SET (fillfactor = 50);
