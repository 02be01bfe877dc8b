-- AlterTable
ALTER TABLE "Proposal" ALTER COLUMN "proponent" DROP NOT NULL;
