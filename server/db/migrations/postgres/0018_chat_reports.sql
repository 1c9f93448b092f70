CREATE INDEX "conversations_began" ON "conversations" USING btree ("shop_id","created_at","id");--> statement-breakpoint
CREATE INDEX "conversations_rated" ON "conversations" USING btree ("shop_id","created_at","id") WHERE "conversations"."rating" is not null;--> statement-breakpoint
CREATE INDEX "messages_bot" ON "messages" USING btree ("conversation_id") WHERE "messages"."author" = 'bot';