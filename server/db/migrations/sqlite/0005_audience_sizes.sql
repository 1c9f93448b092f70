CREATE TABLE `audience_sizes` (
	`shop_id` integer NOT NULL,
	`audience_id` integer NOT NULL,
	`day` integer NOT NULL,
	`members` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `audience_id`, `day`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`audience_id`) REFERENCES `audiences`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `audience_sizes_audience` ON `audience_sizes` (`audience_id`);