CREATE TABLE `jobs` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer,
	`kind` text NOT NULL,
	`lane` text NOT NULL,
	`payload` text NOT NULL,
	`waiting_key` text,
	`unique_key` text,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`lease_holder` text,
	`lease_until` integer,
	`progress_done` integer,
	`progress_total` integer,
	`progress_text` text,
	`last_error` text,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_waiting_key` ON `jobs` (`lane`,`waiting_key`);--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `jobs_lane` ON `jobs` (`state`,`lane`,`due_at`);--> statement-breakpoint
CREATE INDEX `jobs_lease` ON `jobs` (`state`,`lease_until`);--> statement-breakpoint
CREATE INDEX `jobs_finished` ON `jobs` (`state`,`finished_at`);--> statement-breakpoint
CREATE INDEX `jobs_shop` ON `jobs` (`shop_id`,`state`,`id`);