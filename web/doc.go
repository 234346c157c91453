// Package web speaks HTTP and WebSocket: it brings requests to package server
// and the server's frames to the page. PROTOCOL.md documents the frames,
// openapi.yaml the routes.
package web
