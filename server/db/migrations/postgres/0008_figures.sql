CREATE TABLE "figure_cursors" (
	"shop_id" bigint PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"turn" bigint NOT NULL,
	"as_of" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figure_changes" (
	"shop_id" bigint NOT NULL,
	"visitor_id" bigint NOT NULL,
	CONSTRAINT "figure_changes_shop_id_visitor_id_pk" PRIMARY KEY("shop_id","visitor_id")
);
--> statement-breakpoint
CREATE TABLE "session_figures" (
	"shop_id" bigint NOT NULL,
	"session_id" bigint NOT NULL,
	"visitor_id" bigint NOT NULL,
	"began_at" bigint NOT NULL,
	"previous_at" bigint,
	"steps" integer NOT NULL,
	"cart_at" bigint,
	"source" text NOT NULL,
	"campaign" text,
	"landing" text NOT NULL,
	"device" text,
	"country" text,
	CONSTRAINT "session_figures_shop_id_session_id_pk" PRIMARY KEY("shop_id","session_id")
);
--> statement-breakpoint
CREATE TABLE "session_sums" (
	"shop_id" bigint NOT NULL,
	"dimension" text NOT NULL,
	"grain" text NOT NULL,
	"start_at" bigint NOT NULL,
	"name" text NOT NULL,
	"sessions" bigint NOT NULL,
	"product" bigint NOT NULL,
	"cart" bigint NOT NULL,
	"checkout" bigint NOT NULL,
	"to_order" bigint NOT NULL,
	"ordered" bigint NOT NULL,
	CONSTRAINT "session_sums_shop_id_dimension_grain_start_at_name_pk" PRIMARY KEY("shop_id","dimension","grain","start_at","name")
);
--> statement-breakpoint
CREATE TABLE "product_sums" (
	"shop_id" bigint NOT NULL,
	"grain" text NOT NULL,
	"start_at" bigint NOT NULL,
	"product_id" text NOT NULL,
	"viewed" bigint NOT NULL,
	"added" bigint NOT NULL,
	CONSTRAINT "product_sums_shop_id_grain_start_at_product_id_pk" PRIMARY KEY("shop_id","grain","start_at","product_id")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"shop_id" bigint NOT NULL,
	"order_id" text NOT NULL,
	"position" integer NOT NULL,
	"at" bigint NOT NULL,
	"product_id" text NOT NULL,
	"quantity" bigint NOT NULL,
	"amount" bigint,
	"currency" text,
	CONSTRAINT "order_lines_shop_id_order_id_position_pk" PRIMARY KEY("shop_id","order_id","position")
);
--> statement-breakpoint
ALTER TABLE "figure_cursors" ADD CONSTRAINT "figure_cursors_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "figure_changes" ADD CONSTRAINT "figure_changes_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_figures" ADD CONSTRAINT "session_figures_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_sums" ADD CONSTRAINT "session_sums_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_sums" ADD CONSTRAINT "product_sums_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "session_figures_began" ON "session_figures" USING btree ("shop_id","began_at","previous_at");--> statement-breakpoint
CREATE INDEX "session_figures_visitor" ON "session_figures" USING btree ("shop_id","visitor_id","began_at");--> statement-breakpoint
CREATE INDEX "session_figures_cart" ON "session_figures" USING btree ("shop_id","cart_at","visitor_id") WHERE "session_figures"."cart_at" is not null;--> statement-breakpoint
CREATE INDEX "order_lines_at" ON "order_lines" USING btree ("shop_id","at","product_id","currency","quantity","amount");--> statement-breakpoint
CREATE INDEX "orders_placed" ON "orders" USING btree ("shop_id","at","status","currency","total","visitor_id") WHERE "orders"."event_id" is not null;