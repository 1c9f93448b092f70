CREATE TABLE `experience_versions` (
	`shop_id` integer NOT NULL,
	`experience_id` integer NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text,
	`actor_name` text,
	`changed` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`experience` text NOT NULL,
	PRIMARY KEY(`shop_id`, `experience_id`, `number`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`experience_id`) REFERENCES `experiences`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `experience_versions_experience` ON `experience_versions` (`experience_id`);--> statement-breakpoint
CREATE TABLE `experience_previews` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`experience_id` integer NOT NULL,
	`token_hash` blob NOT NULL,
	`origin` text NOT NULL,
	`drawn` text NOT NULL,
	`thanks` text NOT NULL,
	`ends_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`experience_id`) REFERENCES `experiences`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `experience_previews_token` ON `experience_previews` (`shop_id`,`token_hash`);--> statement-breakpoint
CREATE INDEX `experience_previews_experience` ON `experience_previews` (`experience_id`);--> statement-breakpoint
ALTER TABLE `experiences` ADD `version` integer DEFAULT 1 NOT NULL;