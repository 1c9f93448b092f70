/** What `@segment/analytics-next` asks for before it sends anything; without it, it never does. */
export function segmentSettings(key: string, publicUrl: URL): object {
  const enabled = { __default: { enabled: true } }
  return {
    // Exactly one: for any other the client loads code from Segment's own servers.
    integrations: {
      'Segment.io': {
        apiKey: key,
        // So that a page that got these from us sends to us, without being told twice.
        apiHost: `${publicUrl.host}/v1`,
        protocol: publicUrl.protocol.slice(0, -1),
        unbundledIntegrations: [],
        addBundledMetadata: true,
      },
    },
    plan: {
      track: { __default: { enabled: true, integrations: {} } },
      identify: enabled,
      group: enabled,
    },
    middlewareSettings: {},
    enabledMiddleware: {},
    // Figures about the client itself, which nobody here would read.
    metrics: { sampleRate: 0 },
    analyticsNextEnabled: true,
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  }
}

/** What `@rudderstack/analytics-js` asks for before it sends anything. */
export function rudderSourceConfig(key: string, now: number): object {
  return {
    source: {
      id: 'granplaza',
      name: 'Granplaza',
      writeKey: key,
      enabled: true,
      workspaceId: 'granplaza',
      destinations: [],
      connections: [],
      dataplanes: {},
      config: {
        statsCollection: { errors: { enabled: false }, metrics: { enabled: false } },
      },
    },
    updatedAt: new Date(now).toISOString(),
  }
}
