export { addChatPage } from './chat-page.ts'
export { addTeamRoutes } from './team-routes.ts'
export { addVisitorRoutes } from './visitor-routes.ts'
export { addChannelRoutes } from './channel-routes.ts'
