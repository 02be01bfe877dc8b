-- CreateEnum
CREATE TYPE "Delivery" AS ENUM ('SENT', 'FAILED', 'DELIVERED', 'READ');

-- AlterTable
ALTER TABLE "Address" ADD COLUMN     "heardAt" TIMESTAMPTZ(3),
ADD COLUMN     "lasting" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "delivery" "Delivery",
ADD COLUMN     "deliveryAt" TIMESTAMPTZ(3);
