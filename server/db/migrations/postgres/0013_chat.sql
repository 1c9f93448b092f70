CREATE TABLE "channels" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"name" text NOT NULL,
	"options" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_settings" (
	"shop_id" bigint PRIMARY KEY NOT NULL,
	"is_on" boolean NOT NULL,
	"channel_id" bigint,
	"routings" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_avatars" (
	"channel_id" bigint PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"type" text NOT NULL,
	"content" "bytea" NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_operators" (
	"shop_id" bigint NOT NULL,
	"channel_id" bigint NOT NULL,
	"member_id" bigint NOT NULL,
	"seated_at" bigint,
	"was_idle" boolean DEFAULT false NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "channel_operators_shop_id_channel_id_member_id_pk" PRIMARY KEY("shop_id","channel_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "channel_invitations" (
	"shop_id" bigint NOT NULL,
	"channel_id" bigint NOT NULL,
	"link_id" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "channel_invitations_shop_id_channel_id_link_id_pk" PRIMARY KEY("shop_id","channel_id","link_id")
);
--> statement-breakpoint
CREATE TABLE "operator_presences" (
	"shop_id" bigint NOT NULL,
	"member_id" bigint NOT NULL,
	"presence" text NOT NULL,
	"active_at" bigint NOT NULL,
	"max_chats" integer,
	CONSTRAINT "operator_presences_shop_id_member_id_pk" PRIMARY KEY("shop_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "canned_replies" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"channel_id" bigint,
	"shortcut" text NOT NULL,
	"text" text NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_mailings" (
	"shop_id" bigint NOT NULL,
	"address_hash" "bytea" NOT NULL,
	"day_on" text NOT NULL,
	CONSTRAINT "chat_mailings_shop_id_address_hash_day_on_pk" PRIMARY KEY("shop_id","address_hash","day_on")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"channel_id" bigint NOT NULL,
	"begun_by" "bytea" NOT NULL,
	"visitor_id" bigint,
	"customer_id" bigint,
	"state" text NOT NULL,
	"is_offline" boolean DEFAULT false NOT NULL,
	"is_spam" boolean DEFAULT false NOT NULL,
	"is_blocked" boolean DEFAULT false NOT NULL,
	"name" text,
	"email" text,
	"language" text,
	"country" text,
	"page_url" text,
	"page_title" text,
	"fields" jsonb NOT NULL,
	"operator_id" bigint,
	"revision" bigint DEFAULT 1 NOT NULL,
	"last_number" integer DEFAULT 0 NOT NULL,
	"last_shown" integer DEFAULT 0 NOT NULL,
	"read_by_team" integer DEFAULT 0 NOT NULL,
	"read_by_visitor" integer DEFAULT 0 NOT NULL,
	"unread" integer DEFAULT 0 NOT NULL,
	"last_text" text,
	"last_author" text,
	"last_at" bigint NOT NULL,
	"queued_at" bigint,
	"first_answered_at" bigint,
	"closed_at" bigint,
	"lead_state" text DEFAULT 'none' NOT NULL,
	"potential" text DEFAULT 'none' NOT NULL,
	"follow_up_on" text,
	"rating" integer,
	"rating_comment" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversation_tokens" (
	"shop_id" bigint NOT NULL,
	"conversation_id" bigint NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "conversation_tokens_shop_id_conversation_id_token_hash_pk" PRIMARY KEY("shop_id","conversation_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "chat_attachments" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"conversation_id" bigint NOT NULL,
	"file_key" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer,
	"height" integer,
	"uploaded_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"removed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"shop_id" bigint NOT NULL,
	"conversation_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"shown_number" integer,
	"client_id" text NOT NULL,
	"author" text NOT NULL,
	"member_id" bigint,
	"author_name" text,
	"kind" text NOT NULL,
	"text" text,
	"body" jsonb,
	"attachment_id" bigint,
	"at" bigint NOT NULL,
	"redacted_at" bigint,
	CONSTRAINT "messages_shop_id_conversation_id_number_pk" PRIMARY KEY("shop_id","conversation_id","number")
);
--> statement-breakpoint
CREATE TABLE "conversation_assignments" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"conversation_id" bigint NOT NULL,
	"member_id" bigint,
	"reason" jsonb NOT NULL,
	"assigned_at" bigint NOT NULL,
	"answered_at" bigint,
	"ended_at" bigint,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "conversation_colleagues" (
	"shop_id" bigint NOT NULL,
	"conversation_id" bigint NOT NULL,
	"member_id" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "conversation_colleagues_shop_id_conversation_id_member_id_pk" PRIMARY KEY("shop_id","conversation_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "conversation_tags" (
	"shop_id" bigint NOT NULL,
	"conversation_id" bigint NOT NULL,
	"tag" text NOT NULL,
	CONSTRAINT "conversation_tags_shop_id_conversation_id_tag_pk" PRIMARY KEY("shop_id","conversation_id","tag")
);
--> statement-breakpoint
CREATE TABLE "chat_blocks" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"conversation_id" bigint NOT NULL,
	"token_hash" "bytea",
	"visitor_id" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_settings" ADD CONSTRAINT "chat_settings_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_settings" ADD CONSTRAINT "chat_settings_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_avatars" ADD CONSTRAINT "channel_avatars_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_avatars" ADD CONSTRAINT "channel_avatars_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_operators" ADD CONSTRAINT "channel_operators_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_operators" ADD CONSTRAINT "channel_operators_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_operators" ADD CONSTRAINT "channel_operators_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_invitations" ADD CONSTRAINT "channel_invitations_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_invitations" ADD CONSTRAINT "channel_invitations_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_invitations" ADD CONSTRAINT "channel_invitations_link_id_account_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."account_links"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_presences" ADD CONSTRAINT "operator_presences_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_presences" ADD CONSTRAINT "operator_presences_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "canned_replies" ADD CONSTRAINT "canned_replies_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "canned_replies" ADD CONSTRAINT "canned_replies_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_mailings" ADD CONSTRAINT "chat_mailings_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_visitor_id_visitors_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_operator_id_members_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_tokens" ADD CONSTRAINT "conversation_tokens_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_tokens" ADD CONSTRAINT "conversation_tokens_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_attachments" ADD CONSTRAINT "chat_attachments_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_attachments" ADD CONSTRAINT "chat_attachments_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_attachment_id_chat_attachments_id_fk" FOREIGN KEY ("attachment_id") REFERENCES "public"."chat_attachments"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_assignments" ADD CONSTRAINT "conversation_assignments_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_assignments" ADD CONSTRAINT "conversation_assignments_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_assignments" ADD CONSTRAINT "conversation_assignments_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_colleagues" ADD CONSTRAINT "conversation_colleagues_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_colleagues" ADD CONSTRAINT "conversation_colleagues_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_colleagues" ADD CONSTRAINT "conversation_colleagues_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_tags" ADD CONSTRAINT "conversation_tags_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_tags" ADD CONSTRAINT "conversation_tags_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_blocks" ADD CONSTRAINT "chat_blocks_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_blocks" ADD CONSTRAINT "chat_blocks_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_blocks" ADD CONSTRAINT "chat_blocks_visitor_id_visitors_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "channels_public_id" ON "channels" USING btree ("shop_id","public_id");--> statement-breakpoint
CREATE INDEX "channel_operators_channel" ON "channel_operators" USING btree ("channel_id");--> statement-breakpoint
CREATE INDEX "channel_operators_member" ON "channel_operators" USING btree ("member_id","shop_id");--> statement-breakpoint
CREATE INDEX "channel_invitations_channel" ON "channel_invitations" USING btree ("channel_id");--> statement-breakpoint
CREATE INDEX "channel_invitations_link" ON "channel_invitations" USING btree ("link_id");--> statement-breakpoint
CREATE INDEX "operator_presences_member" ON "operator_presences" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "operator_presences_active" ON "operator_presences" USING btree ("shop_id","active_at");--> statement-breakpoint
CREATE UNIQUE INDEX "canned_replies_public_id" ON "canned_replies" USING btree ("shop_id","public_id");--> statement-breakpoint
CREATE UNIQUE INDEX "canned_replies_shortcut" ON "canned_replies" USING btree ("shop_id","shortcut");--> statement-breakpoint
CREATE INDEX "canned_replies_channel" ON "canned_replies" USING btree ("channel_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_public_id" ON "conversations" USING btree ("shop_id","public_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_running_token" ON "conversations" USING btree ("shop_id","channel_id","begun_by") WHERE "conversations"."closed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_running_visitor" ON "conversations" USING btree ("shop_id","channel_id","visitor_id") WHERE "conversations"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "conversations_newest" ON "conversations" USING btree ("shop_id","last_at","id");--> statement-breakpoint
CREATE INDEX "conversations_queue" ON "conversations" USING btree ("shop_id","channel_id","state","queued_at");--> statement-breakpoint
CREATE INDEX "conversations_operator" ON "conversations" USING btree ("operator_id","state");--> statement-breakpoint
CREATE INDEX "conversations_channel" ON "conversations" USING btree ("channel_id");--> statement-breakpoint
CREATE INDEX "conversations_visitor" ON "conversations" USING btree ("visitor_id") WHERE "conversations"."visitor_id" is not null;--> statement-breakpoint
CREATE INDEX "conversations_customer" ON "conversations" USING btree ("customer_id") WHERE "conversations"."customer_id" is not null;--> statement-breakpoint
CREATE INDEX "conversation_tokens_conversation" ON "conversation_tokens" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "conversation_tokens_token" ON "conversation_tokens" USING btree ("shop_id","token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_attachments_key" ON "chat_attachments" USING btree ("file_key");--> statement-breakpoint
CREATE INDEX "chat_attachments_conversation" ON "chat_attachments" USING btree ("conversation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_client_id" ON "messages" USING btree ("shop_id","conversation_id","client_id");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_shown" ON "messages" USING btree ("conversation_id","shown_number");--> statement-breakpoint
CREATE INDEX "messages_member" ON "messages" USING btree ("member_id") WHERE "messages"."member_id" is not null;--> statement-breakpoint
CREATE INDEX "messages_attachment" ON "messages" USING btree ("attachment_id") WHERE "messages"."attachment_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_assignments_running" ON "conversation_assignments" USING btree ("conversation_id") WHERE "conversation_assignments"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "conversation_assignments_conversation" ON "conversation_assignments" USING btree ("conversation_id","assigned_at");--> statement-breakpoint
CREATE INDEX "conversation_assignments_member" ON "conversation_assignments" USING btree ("member_id","assigned_at");--> statement-breakpoint
CREATE INDEX "conversation_colleagues_conversation" ON "conversation_colleagues" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "conversation_colleagues_member" ON "conversation_colleagues" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "conversation_tags_conversation" ON "conversation_tags" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "conversation_tags_tag" ON "conversation_tags" USING btree ("shop_id","tag");--> statement-breakpoint
CREATE INDEX "chat_blocks_token" ON "chat_blocks" USING btree ("shop_id","token_hash");--> statement-breakpoint
CREATE INDEX "chat_blocks_visitor" ON "chat_blocks" USING btree ("visitor_id");--> statement-breakpoint
CREATE INDEX "chat_blocks_conversation" ON "chat_blocks" USING btree ("conversation_id");