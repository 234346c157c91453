package keep

// readAtOnce is how many entries are read in one go, so that other sessions need
// not wait for a long one.
const readAtOnce = 500

// Create keeps a new session.
func (s *store) Create(id string, head []byte) error {
	return s.do(func() error {
		bytes := int64(len(head)) + perItem
		added, err := s.change("INSERT INTO sessions (id, bytes, used) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", id, bytes, s.now())
		switch {
		case err != nil:
			return err
		case added == 0:
			return ErrExists
		}
		if err := s.write(id, headAt, head); err != nil {
			return err
		}
		s.size.sessions++
		s.size.sessionBytes += bytes
		return nil
	})
}

// headAt is where the head is among the entries.
const headAt = -1

func (s *store) write(id string, at int, entry []byte) error {
	_, err := s.change("INSERT INTO entries (session, at, entry) VALUES (?, ?, ?)", id, at, filled(entry))
	return err
}

// filled returns bytes that are not nil, which SQLite would take for NULL.
func filled(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// Append adds an entry to a session.
func (s *store) Append(id string, at int, entry []byte) error {
	return s.do(func() error {
		bytes := int64(len(entry)) + perItem
		found, err := s.change("UPDATE sessions SET entries = entries + 1, bytes = bytes + ?, used = ? WHERE id = ? AND entries = ?", bytes, s.now(), id, at)
		if err != nil {
			return err
		}
		if found == 0 {
			var entries int
			if err := s.find("SELECT entries FROM sessions WHERE id = ?", []any{id}, &entries); err != nil {
				return err
			}
			return ErrConflict
		}
		if err := s.write(id, at, entry); err != nil {
			return err
		}
		s.size.sessionBytes += bytes
		return nil
	})
}

// Read returns a session's head and its entries without the first from.
func (s *store) Read(id string, from int) (head []byte, entries [][]byte, err error) {
	for {
		read := 0
		if err := s.do(func() error {
			if err := s.find("SELECT entry FROM entries WHERE session = ? AND at = ?", []any{id, headAt}, &head); err != nil {
				return err
			}
			p, err := s.statement("SELECT entry FROM entries WHERE session = ? AND at >= ? ORDER BY at LIMIT ?")
			if err != nil {
				return err
			}
			rows, err := p.Query(id, max(from, 0)+len(entries), readAtOnce)
			if err != nil {
				return err
			}
			defer rows.Close()
			for ; rows.Next(); read++ {
				var entry []byte
				if err := rows.Scan(&entry); err != nil {
					return err
				}
				entries = append(entries, entry)
			}
			return rows.Err()
		}); err != nil {
			return nil, nil, err
		}
		if read < readAtOnce {
			return head, entries, nil
		}
	}
}

// Touch notes that sessions are used.
func (s *store) Touch(ids ...string) error {
	return s.do(func() error {
		for _, id := range ids {
			if _, err := s.change("UPDATE sessions SET used = ? WHERE id = ?", s.now(), id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Delete removes a session.
func (s *store) Delete(id string) error {
	return s.do(func() error {
		err := s.remove(id)
		if err == ErrNone {
			return nil
		}
		return err
	})
}

func (s *store) remove(id string) error {
	var bytes int64
	if err := s.find("DELETE FROM sessions WHERE id = ? RETURNING bytes", []any{id}, &bytes); err != nil {
		return err
	}
	s.size.sessions--
	s.size.sessionBytes -= bytes
	return nil
}
