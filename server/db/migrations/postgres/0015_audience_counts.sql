CREATE TABLE "audience_counts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"audience_id" bigint NOT NULL,
	"members" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audience_counts" ADD CONSTRAINT "audience_counts_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_counts" ADD CONSTRAINT "audience_counts_audience_id_audiences_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audiences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audience_counts_shop" ON "audience_counts" USING btree ("shop_id","audience_id");--> statement-breakpoint
CREATE INDEX "audience_counts_audience" ON "audience_counts" USING btree ("audience_id");
--> statement-breakpoint
-- by hand: audience_counts.sql
-- How many members an audience has is kept beside it, in parts that are added up: customers, and visitors who are
-- nobody's yet. Each commit adds a part of its own, for if all wrote one row they would wait for one another.
-- A visitor who becomes a customer's counts no more; one who is nobody's again, or of whom only memberships are left, does.
CREATE FUNCTION "count_audience_visitor"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "audience_counts" ("shop_id", "audience_id", "members")
  SELECT m."shop_id", m."audience_id", CASE WHEN OLD."customer_id" IS NULL THEN -1 ELSE 1 END
  FROM "audience_members" m
  WHERE m."shop_id" = OLD."shop_id" AND m."kind" = 'visitor' AND m."subject_id" = OLD."id"
    AND (SELECT a."id" FROM "audiences" a WHERE a."id" = m."audience_id") IS NOT NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "audience_counts_known" AFTER UPDATE OF "customer_id" ON "visitors"
FOR EACH ROW WHEN ((OLD."customer_id" IS NULL) <> (NEW."customer_id" IS NULL)) EXECUTE FUNCTION "count_audience_visitor"();
--> statement-breakpoint
CREATE TRIGGER "audience_counts_gone" AFTER DELETE ON "visitors"
FOR EACH ROW WHEN (OLD."customer_id" IS NOT NULL) EXECUTE FUNCTION "count_audience_visitor"();
--> statement-breakpoint
-- The visitor is looked up by a scalar subquery, which is never planned as a scan of all visitors. An audience that is
-- being deleted counts nobody any more.
CREATE FUNCTION "count_audience_members"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "audience_counts" ("shop_id", "audience_id", "members")
  SELECT m."shop_id", m."audience_id", CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END
  FROM moved m
  WHERE (m."kind" = 'customer' OR (SELECT v."customer_id" FROM "visitors" v WHERE v."id" = m."subject_id") IS NULL)
    AND (SELECT a."id" FROM "audiences" a WHERE a."id" = m."audience_id") IS NOT NULL
  GROUP BY m."shop_id", m."audience_id";
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "audience_counts_joined" AFTER INSERT ON "audience_members"
REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION "count_audience_members"();
--> statement-breakpoint
CREATE TRIGGER "audience_counts_left" AFTER DELETE ON "audience_members"
REFERENCING OLD TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION "count_audience_members"();
--> statement-breakpoint
-- Last: from the triggers on, nobody writes what they watch until all this is done, be it an older server beside.
INSERT INTO "audience_counts" ("shop_id", "audience_id", "members")
SELECT m."shop_id", m."audience_id", count(*) FROM "audience_members" m
LEFT JOIN "visitors" v ON m."kind" = 'visitor' AND v."id" = m."subject_id"
WHERE m."kind" = 'customer' OR v."customer_id" IS NULL
GROUP BY m."shop_id", m."audience_id";
