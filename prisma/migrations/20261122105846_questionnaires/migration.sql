-- CreateTable
CREATE TABLE "QuestionnaireAnswer" (
    "contactId" UUID NOT NULL,
    "edition" TEXT NOT NULL,
    "questionnaire" TEXT NOT NULL,
    "sealed" BYTEA,
    "answeredOn" DATE NOT NULL,
    "until" DATE NOT NULL,

    CONSTRAINT "QuestionnaireAnswer_pkey" PRIMARY KEY ("contactId","edition","questionnaire")
);

-- CreateTable
CREATE TABLE "AnonymousAnswer" (
    "edition" TEXT NOT NULL,
    "questionnaire" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "until" DATE NOT NULL,
    "fresh" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "AnonymousAnswer_pkey" PRIMARY KEY ("edition","questionnaire","id")
);

-- CreateIndex
CREATE INDEX "QuestionnaireAnswer_edition_questionnaire_idx" ON "QuestionnaireAnswer"("edition", "questionnaire");

-- AddForeignKey
ALTER TABLE "QuestionnaireAnswer" ADD CONSTRAINT "QuestionnaireAnswer_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;
