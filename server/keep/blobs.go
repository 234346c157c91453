package keep

import "bytes"

// Put keeps a blob for good.
func (s *store) Put(id string, blob []byte) error {
	if len(blob) > MaxBlob {
		return ErrLarge
	}
	return s.do(func() error {
		var kept []byte
		switch err := s.find("SELECT blob FROM blobs WHERE id = ?", []any{id}, &kept); {
		case err == nil && bytes.Equal(kept, blob):
			return nil
		case err == nil:
			return ErrExists
		case err != ErrNone:
			return err
		}
		size := int64(len(blob)) + perItem
		if s.size.blobBytes+size > s.most/2 {
			return ErrFull
		}
		if _, err := s.change("INSERT INTO blobs (id, blob) VALUES (?, ?)", id, filled(blob)); err != nil {
			return err
		}
		s.size.blobs++
		s.size.blobBytes += size
		return nil
	})
}

// Get returns a blob.
func (s *store) Get(id string) (blob []byte, err error) {
	err = s.do(func() error { return s.find("SELECT blob FROM blobs WHERE id = ?", []any{id}, &blob) })
	return blob, err
}
