package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
	"time"

	"raftplay/server"
)

// asset is a file of the page.
type asset struct {
	kind   string // its Content-Type
	tag    string // its ETag
	plain  []byte
	packed []byte // with gzip, nil if that does not make it smaller
}

// assets serve the page. The browser asks each time whether the HTML that it
// keeps is still true. The HTML names the modules and style sheets by the edition
// that they belong to: these are kept for good, and nobody gets a mixture of two
// editions.
type assets struct {
	from    fs.FS
	fresh   bool
	edition string // begins the paths of what is kept for good, "" while fresh
	files   map[string]*asset
}

// parts finds where a page names its modules and style sheets.
var parts = regexp.MustCompile(`(href|src)="((?:css|js)/)`)

func newAssets(from fs.FS, fresh bool) (*assets, error) {
	a := &assets{from: from, fresh: fresh, files: map[string]*asset{}}
	if fresh {
		return a, nil
	}
	all := sha256.New()
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			a.files[name], err = readAsset(from, name)
			if err == nil {
				fmt.Fprintln(all, name, a.files[name].tag)
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	a.edition = "v/" + base64.RawURLEncoding.EncodeToString(all.Sum(nil)[:12]) + "/"
	for name, file := range a.files {
		if path.Ext(name) == ".html" {
			if a.files[name], err = newAsset(name, parts.ReplaceAll(file.plain, []byte(`$1="/`+a.edition+`$2`))); err != nil {
				return nil, err
			}
		}
	}
	return a, nil
}

func readAsset(from fs.FS, name string) (*asset, error) {
	plain, err := fs.ReadFile(from, name)
	if err != nil {
		return nil, err
	}
	return newAsset(name, plain)
}

func newAsset(name string, plain []byte) (*asset, error) {
	sum := sha256.Sum256(plain)
	a := &asset{kind: kindOf(name), plain: plain, tag: base64.RawURLEncoding.EncodeToString(sum[:12])}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(plain); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	if packed.Len() < len(plain) {
		a.packed = packed.Bytes()
	}
	return a, nil
}

// kindOf does not depend on what the machine knows of file names.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}

func (a *assets) find(name string) (*asset, error) {
	if a.fresh {
		return readAsset(a.from, name)
	}
	if file, found := a.files[name]; found {
		return file, nil
	}
	return nil, fs.ErrNotExist
}

func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name == "" {
		name = "index.html"
	}
	if part, kept := strings.CutPrefix(name, a.edition); kept && !a.fresh && a.files[part] != nil && path.Ext(part) != ".html" {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		name = part
	}
	a.serve(w, r, name)
}

// serve answers with a file.
func (a *assets) serve(w http.ResponseWriter, r *http.Request, name string) {
	file, err := a.find(name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
		refuse(w, http.StatusNotFound, server.NotFound, "there is no such page")
		return
	case err != nil:
		refuse(w, http.StatusNotFound, server.NotFound, "this cannot be read")
		return
	}
	content, tag := file.plain, file.tag
	w.Header().Set("Content-Type", file.kind)
	w.Header().Set("Vary", "Accept-Encoding")
	if file.packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		content, tag = file.packed, tag+"-gz"
	}
	w.Header().Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}
