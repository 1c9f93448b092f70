CREATE TABLE "experience_versions" (
	"shop_id" bigint NOT NULL,
	"experience_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"at" bigint NOT NULL,
	"actor_kind" text,
	"actor_name" text,
	"changed" jsonb NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"experience" jsonb NOT NULL,
	CONSTRAINT "experience_versions_shop_id_experience_id_number_pk" PRIMARY KEY("shop_id","experience_id","number")
);
--> statement-breakpoint
CREATE TABLE "experience_previews" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"experience_id" bigint NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"origin" text NOT NULL,
	"drawn" jsonb NOT NULL,
	"thanks" jsonb NOT NULL,
	"ends_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "experiences" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "experience_versions" ADD CONSTRAINT "experience_versions_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experience_versions" ADD CONSTRAINT "experience_versions_experience_id_experiences_id_fk" FOREIGN KEY ("experience_id") REFERENCES "public"."experiences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experience_previews" ADD CONSTRAINT "experience_previews_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experience_previews" ADD CONSTRAINT "experience_previews_experience_id_experiences_id_fk" FOREIGN KEY ("experience_id") REFERENCES "public"."experiences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "experience_versions_experience" ON "experience_versions" USING btree ("experience_id");--> statement-breakpoint
CREATE UNIQUE INDEX "experience_previews_token" ON "experience_previews" USING btree ("shop_id","token_hash");--> statement-breakpoint
CREATE INDEX "experience_previews_experience" ON "experience_previews" USING btree ("experience_id");