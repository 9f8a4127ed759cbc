-- CreateTable
CREATE TABLE "sealed" (
    "name" TEXT NOT NULL,
    "content" TEXT NOT NULL,

    CONSTRAINT "sealed_pkey" PRIMARY KEY ("name")
);
