// Package static is the page, as part of the program.
package static

import "embed"

// Files are the files of the page.
//
//go:embed index.html embed.html favicon.svg css js
var Files embed.FS
