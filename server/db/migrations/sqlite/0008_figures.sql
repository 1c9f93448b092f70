CREATE TABLE `figure_cursors` (
	`shop_id` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`turn` integer NOT NULL,
	`as_of` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `figure_changes` (
	`shop_id` integer NOT NULL,
	`visitor_id` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `visitor_id`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `session_figures` (
	`shop_id` integer NOT NULL,
	`session_id` integer NOT NULL,
	`visitor_id` integer NOT NULL,
	`began_at` integer NOT NULL,
	`previous_at` integer,
	`steps` integer NOT NULL,
	`cart_at` integer,
	`source` text NOT NULL,
	`campaign` text,
	`landing` text NOT NULL,
	`device` text,
	`country` text,
	PRIMARY KEY(`shop_id`, `session_id`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `session_figures_began` ON `session_figures` (`shop_id`,`began_at`,`previous_at`);--> statement-breakpoint
CREATE INDEX `session_figures_visitor` ON `session_figures` (`shop_id`,`visitor_id`,`began_at`);--> statement-breakpoint
CREATE INDEX `session_figures_cart` ON `session_figures` (`shop_id`,`cart_at`,`visitor_id`) WHERE "session_figures"."cart_at" is not null;--> statement-breakpoint
CREATE TABLE `session_sums` (
	`shop_id` integer NOT NULL,
	`dimension` text NOT NULL,
	`grain` text NOT NULL,
	`start_at` integer NOT NULL,
	`name` text NOT NULL,
	`sessions` integer NOT NULL,
	`product` integer NOT NULL,
	`cart` integer NOT NULL,
	`checkout` integer NOT NULL,
	`to_order` integer NOT NULL,
	`ordered` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `dimension`, `grain`, `start_at`, `name`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `product_sums` (
	`shop_id` integer NOT NULL,
	`grain` text NOT NULL,
	`start_at` integer NOT NULL,
	`product_id` text NOT NULL,
	`viewed` integer NOT NULL,
	`added` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `grain`, `start_at`, `product_id`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `order_lines` (
	`shop_id` integer NOT NULL,
	`order_id` text NOT NULL,
	`position` integer NOT NULL,
	`at` integer NOT NULL,
	`product_id` text NOT NULL,
	`quantity` integer NOT NULL,
	`amount` integer,
	`currency` text,
	PRIMARY KEY(`shop_id`, `order_id`, `position`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `order_lines_at` ON `order_lines` (`shop_id`,`at`,`product_id`,`currency`,`quantity`,`amount`);--> statement-breakpoint
CREATE INDEX `orders_placed` ON `orders` (`shop_id`,`at`,`status`,`currency`,`total`,`visitor_id`) WHERE "orders"."event_id" is not null;