CREATE TABLE "chatbots" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"name" text NOT NULL,
	"steps" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_rules" (
	"shop_id" bigint NOT NULL,
	"channel_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"action" text NOT NULL,
	"page_pattern" text NOT NULL,
	"countries" jsonb NOT NULL,
	"chatbot_id" bigint,
	"bot_condition" text NOT NULL,
	"after_seconds" integer NOT NULL,
	"texts" jsonb NOT NULL,
	CONSTRAINT "chat_rules_shop_id_channel_id_position_pk" PRIMARY KEY("shop_id","channel_id","position")
);
--> statement-breakpoint
ALTER TABLE "chatbots" ADD CONSTRAINT "chatbots_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_rules" ADD CONSTRAINT "chat_rules_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_rules" ADD CONSTRAINT "chat_rules_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_rules" ADD CONSTRAINT "chat_rules_chatbot_id_chatbots_id_fk" FOREIGN KEY ("chatbot_id") REFERENCES "public"."chatbots"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "chatbots_public_id" ON "chatbots" USING btree ("shop_id","public_id");--> statement-breakpoint
CREATE INDEX "chat_rules_channel" ON "chat_rules" USING btree ("channel_id");--> statement-breakpoint
CREATE INDEX "chat_rules_chatbot" ON "chat_rules" USING btree ("chatbot_id");