-- AlterTable
ALTER TABLE "Contact" ADD COLUMN     "heldUntil" TIMESTAMPTZ(3);
