CREATE TABLE "shops" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"consent_mode" text NOT NULL,
	"is_first" boolean,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "origins" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"origin" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "keys" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"ending" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "one_time_links" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"spent_at" bigint
);
--> statement-breakpoint
CREATE TABLE "console_sessions" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"role" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visitors" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"joined_to" bigint,
	"consent" jsonb,
	"first_touch" jsonb,
	"last_touch" jsonb,
	"first_seen_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visitor_tokens" (
	"token_hash" "bytea" NOT NULL,
	"shop_id" bigint NOT NULL,
	"visitor_id" bigint NOT NULL,
	"state" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "visitor_tokens_shop_id_visitor_id_token_hash_pk" PRIMARY KEY("shop_id","visitor_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"visitor_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"same_as" bigint,
	"started_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"clock_offset" bigint NOT NULL,
	"touch" jsonb,
	"device" text,
	"context" jsonb
);
--> statement-breakpoint
-- Partitioned by hand, which drizzle-kit can't write.
CREATE TABLE "event_ids" (
	"shop_id" bigint NOT NULL,
	"id" "bytea" NOT NULL,
	CONSTRAINT "event_ids_shop_id_id_pk" PRIMARY KEY("shop_id","id")
) PARTITION BY HASH ("id");
--> statement-breakpoint
CREATE TABLE "event_ids_00" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 0);
--> statement-breakpoint
CREATE TABLE "event_ids_01" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 1);
--> statement-breakpoint
CREATE TABLE "event_ids_02" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 2);
--> statement-breakpoint
CREATE TABLE "event_ids_03" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 3);
--> statement-breakpoint
CREATE TABLE "event_ids_04" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 4);
--> statement-breakpoint
CREATE TABLE "event_ids_05" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 5);
--> statement-breakpoint
CREATE TABLE "event_ids_06" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 6);
--> statement-breakpoint
CREATE TABLE "event_ids_07" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 7);
--> statement-breakpoint
CREATE TABLE "event_ids_08" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 8);
--> statement-breakpoint
CREATE TABLE "event_ids_09" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 9);
--> statement-breakpoint
CREATE TABLE "event_ids_10" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 10);
--> statement-breakpoint
CREATE TABLE "event_ids_11" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 11);
--> statement-breakpoint
CREATE TABLE "event_ids_12" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 12);
--> statement-breakpoint
CREATE TABLE "event_ids_13" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 13);
--> statement-breakpoint
CREATE TABLE "event_ids_14" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 14);
--> statement-breakpoint
CREATE TABLE "event_ids_15" PARTITION OF "event_ids" FOR VALUES WITH (MODULUS 16, REMAINDER 15);
--> statement-breakpoint
-- Partitioned by hand; ensureEventPartitions adds the months.
CREATE TABLE "events" (
	"seq" bigserial NOT NULL,
	"shop_id" bigint NOT NULL,
	"id" "bytea" NOT NULL,
	"visitor_id" bigint,
	"session_id" bigint,
	"type" text NOT NULL,
	"name" text,
	"at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"client_seq" bigint NOT NULL,
	"url" text NOT NULL,
	"referrer" text,
	"title" text,
	"page_type" text,
	"user_id" text,
	"group_id" text,
	"properties" jsonb,
	"traits" jsonb,
	"verified" boolean NOT NULL
) PARTITION BY RANGE ("received_at");
--> statement-breakpoint
CREATE TABLE "events_default" PARTITION OF "events" DEFAULT;
--> statement-breakpoint
CREATE TABLE "ingestion_counts" (
	"shop_id" bigint NOT NULL,
	"day" integer NOT NULL,
	"outcome" text NOT NULL,
	"lane" integer NOT NULL,
	"count" bigint NOT NULL,
	"last_detail" text,
	"last_at" bigint NOT NULL,
	CONSTRAINT "ingestion_counts_shop_id_day_outcome_lane_pk" PRIMARY KEY("shop_id","day","outcome","lane")
);
--> statement-breakpoint
ALTER TABLE "origins" ADD CONSTRAINT "origins_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keys" ADD CONSTRAINT "keys_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_links" ADD CONSTRAINT "one_time_links_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "console_sessions" ADD CONSTRAINT "console_sessions_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitors" ADD CONSTRAINT "visitors_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitor_tokens" ADD CONSTRAINT "visitor_tokens_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitor_tokens" ADD CONSTRAINT "visitor_tokens_visitor_id_visitors_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_visitor_id_visitors_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ingestion_counts" ADD CONSTRAINT "ingestion_counts_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "shops_first" ON "shops" USING btree ("is_first");--> statement-breakpoint
CREATE UNIQUE INDEX "origins_origin" ON "origins" USING btree ("shop_id","origin");--> statement-breakpoint
CREATE UNIQUE INDEX "keys_value" ON "keys" USING btree ("value");--> statement-breakpoint
CREATE INDEX "keys_shop" ON "keys" USING btree ("shop_id");--> statement-breakpoint
CREATE INDEX "one_time_links_expiry" ON "one_time_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "console_sessions_expiry" ON "console_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "visitors_public_id" ON "visitors" USING btree ("shop_id","public_id");--> statement-breakpoint
CREATE INDEX "visitors_seen" ON "visitors" USING btree ("shop_id","last_seen_at");--> statement-breakpoint
CREATE INDEX "visitors_joined_to" ON "visitors" USING btree ("shop_id","joined_to") WHERE "visitors"."joined_to" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_public_id" ON "sessions" USING btree ("shop_id","visitor_id","public_id");--> statement-breakpoint
CREATE INDEX "sessions_started" ON "sessions" USING btree ("shop_id","visitor_id","started_at");--> statement-breakpoint
CREATE INDEX "sessions_seen" ON "sessions" USING btree ("shop_id","last_seen_at");--> statement-breakpoint
CREATE INDEX "events_visitor" ON "events" USING btree ("shop_id","visitor_id","seq");--> statement-breakpoint
CREATE INDEX "events_newest" ON "events" USING btree ("shop_id","seq");
