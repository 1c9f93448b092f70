CREATE TABLE "experience_settings" (
	"shop_id" bigint PRIMARY KEY NOT NULL,
	"epoch" bigint NOT NULL,
	"is_on" boolean NOT NULL,
	"per_session" integer,
	"gap_seconds" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "experiences" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"priority" integer NOT NULL,
	"targeting" jsonb NOT NULL,
	"triggers" jsonb NOT NULL,
	"frequency" jsonb NOT NULL,
	"goal" jsonb NOT NULL,
	"starts_at" bigint,
	"ends_at" bigint,
	"content" jsonb NOT NULL,
	"drawn" jsonb NOT NULL,
	"thanks" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "frequency_claims" (
	"shop_id" bigint NOT NULL,
	"experience_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"subject_id" bigint NOT NULL,
	"period" text NOT NULL,
	"number" integer NOT NULL,
	"claim_id" "bytea" NOT NULL,
	"session_row" bigint,
	"is_interruption" boolean NOT NULL,
	"leased_until" bigint NOT NULL,
	"spent_at" bigint,
	CONSTRAINT "frequency_claims_shop_id_kind_subject_id_experience_id_period_number_pk" PRIMARY KEY("shop_id","kind","subject_id","experience_id","period","number")
);
--> statement-breakpoint
CREATE TABLE "frequency_stops" (
	"shop_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"subject_id" bigint NOT NULL,
	"experience_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "frequency_stops_shop_id_kind_subject_id_experience_id_reason_pk" PRIMARY KEY("shop_id","kind","subject_id","experience_id","reason")
);
--> statement-breakpoint
CREATE TABLE "impressions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"experience_id" bigint NOT NULL,
	"variant_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject_id" bigint NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversions" (
	"shop_id" bigint NOT NULL,
	"experience_id" bigint NOT NULL,
	"variant_id" text NOT NULL,
	"reached_key" text NOT NULL,
	"at" bigint NOT NULL,
	"amount" bigint,
	"currency" text,
	CONSTRAINT "conversions_shop_id_experience_id_reached_key_pk" PRIMARY KEY("shop_id","experience_id","reached_key")
);
--> statement-breakpoint
CREATE TABLE "experience_days" (
	"shop_id" bigint NOT NULL,
	"experience_id" bigint NOT NULL,
	"variant_id" text NOT NULL,
	"day_on" text NOT NULL,
	"impressions" bigint DEFAULT 0 NOT NULL,
	"clicks" bigint DEFAULT 0 NOT NULL,
	"closes" bigint DEFAULT 0 NOT NULL,
	"submissions" bigint DEFAULT 0 NOT NULL,
	"conversions" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "experience_days_shop_id_experience_id_variant_id_day_on_pk" PRIMARY KEY("shop_id","experience_id","variant_id","day_on")
);
--> statement-breakpoint
CREATE TABLE "form_submissions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"submission_id" "bytea" NOT NULL,
	"experience_id" bigint NOT NULL,
	"variant_id" text NOT NULL,
	"visitor_row" bigint,
	"fields" jsonb NOT NULL,
	"url" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "visitor_profiles_seen";--> statement-breakpoint
DROP INDEX "customer_profiles_seen";--> statement-breakpoint
ALTER TABLE "experience_settings" ADD CONSTRAINT "experience_settings_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiences" ADD CONSTRAINT "experiences_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frequency_claims" ADD CONSTRAINT "frequency_claims_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frequency_claims" ADD CONSTRAINT "frequency_claims_experience_id_experiences_id_fk" FOREIGN KEY ("experience_id") REFERENCES "public"."experiences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frequency_stops" ADD CONSTRAINT "frequency_stops_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frequency_stops" ADD CONSTRAINT "frequency_stops_experience_id_experiences_id_fk" FOREIGN KEY ("experience_id") REFERENCES "public"."experiences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impressions" ADD CONSTRAINT "impressions_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impressions" ADD CONSTRAINT "impressions_experience_id_experiences_id_fk" FOREIGN KEY ("experience_id") REFERENCES "public"."experiences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversions" ADD CONSTRAINT "conversions_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversions" ADD CONSTRAINT "conversions_experience_id_experiences_id_fk" FOREIGN KEY ("experience_id") REFERENCES "public"."experiences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experience_days" ADD CONSTRAINT "experience_days_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experience_days" ADD CONSTRAINT "experience_days_experience_id_experiences_id_fk" FOREIGN KEY ("experience_id") REFERENCES "public"."experiences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "form_submissions" ADD CONSTRAINT "form_submissions_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "form_submissions" ADD CONSTRAINT "form_submissions_experience_id_experiences_id_fk" FOREIGN KEY ("experience_id") REFERENCES "public"."experiences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "experiences_key" ON "experiences" USING btree ("shop_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "frequency_claims_claim" ON "frequency_claims" USING btree ("shop_id","claim_id");--> statement-breakpoint
CREATE INDEX "frequency_claims_experience" ON "frequency_claims" USING btree ("experience_id");--> statement-breakpoint
CREATE INDEX "frequency_stops_experience" ON "frequency_stops" USING btree ("experience_id");--> statement-breakpoint
CREATE INDEX "impressions_subject" ON "impressions" USING btree ("shop_id","kind","subject_id","at");--> statement-breakpoint
CREATE INDEX "impressions_experience" ON "impressions" USING btree ("experience_id");--> statement-breakpoint
CREATE INDEX "conversions_experience" ON "conversions" USING btree ("experience_id");--> statement-breakpoint
CREATE UNIQUE INDEX "form_submissions_once" ON "form_submissions" USING btree ("shop_id","submission_id");--> statement-breakpoint
CREATE INDEX "form_submissions_experience" ON "form_submissions" USING btree ("experience_id","id");