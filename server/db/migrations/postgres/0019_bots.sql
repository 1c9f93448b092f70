CREATE TABLE "chatbot_versions" (
	"shop_id" bigint NOT NULL,
	"chatbot_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"steps" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "chatbot_versions_shop_id_chatbot_id_version_pk" PRIMARY KEY("shop_id","chatbot_id","version")
);
--> statement-breakpoint
CREATE TABLE "bot_talks" (
	"shop_id" bigint NOT NULL,
	"conversation_id" bigint NOT NULL,
	"chatbot_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"step_id" text,
	"answers" jsonb NOT NULL,
	"attributes" jsonb NOT NULL,
	"languages" jsonb NOT NULL,
	"missed" boolean NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "bot_talks_shop_id_conversation_id_pk" PRIMARY KEY("shop_id","conversation_id")
);
--> statement-breakpoint
ALTER TABLE "chatbot_versions" ADD CONSTRAINT "chatbot_versions_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chatbot_versions" ADD CONSTRAINT "chatbot_versions_chatbot_id_chatbots_id_fk" FOREIGN KEY ("chatbot_id") REFERENCES "public"."chatbots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_talks" ADD CONSTRAINT "bot_talks_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_talks" ADD CONSTRAINT "bot_talks_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_talks" ADD CONSTRAINT "bot_talks_chatbot_id_chatbots_id_fk" FOREIGN KEY ("chatbot_id") REFERENCES "public"."chatbots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chatbot_versions_chatbot" ON "chatbot_versions" USING btree ("chatbot_id");--> statement-breakpoint
CREATE INDEX "bot_talks_conversation" ON "bot_talks" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "bot_talks_chatbot" ON "bot_talks" USING btree ("chatbot_id");