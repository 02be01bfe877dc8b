-- CreateTable
CREATE TABLE "Miss" (
    "edition" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "guess" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "day" DATE NOT NULL,

    CONSTRAINT "Miss_pkey" PRIMARY KEY ("edition","id")
);

-- CreateIndex
CREATE INDEX "Miss_edition_day_idx" ON "Miss"("edition", "day");
