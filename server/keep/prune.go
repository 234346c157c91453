package keep

import "time"

// Prune removes sessions that were not used for long, and those that are too
// many. It does a few at a time: others need not wait for all of them.
func (s *store) Prune(since time.Time) (pruned int, err error) {
	for {
		var some int
		err = s.do(func() error {
			some, err = s.pruneSome(since.UnixNano())
			return err
		})
		if err != nil || some == 0 {
			break
		}
		pruned += some
	}
	if err == nil && pruned > 0 {
		err = s.shrink()
	}
	return pruned, err
}

// pruneAtOnce is how many sessions are pruned in one go.
const pruneAtOnce = 64

func (s *store) pruneSome(since int64) (pruned int, err error) {
	oldest, err := s.oldest()
	if err != nil {
		return 0, err
	}
	room := s.most - min(s.size.blobBytes, s.most/2)
	for _, session := range oldest {
		if session.used >= since && s.size.sessionBytes <= room {
			break
		}
		if err := s.remove(session.id); err != nil {
			return pruned, err
		}
		pruned++
	}
	return pruned, nil
}

// use is when a session was used last.
type use struct {
	id   string
	used int64
}

// oldest returns some of the sessions unused longest.
func (s *store) oldest() (found []use, err error) {
	p, err := s.statement("SELECT id, used FROM sessions ORDER BY used LIMIT ?")
	if err != nil {
		return nil, err
	}
	rows, err := p.Query(pruneAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var u use
		if err := rows.Scan(&u.id, &u.used); err != nil {
			return nil, err
		}
		found = append(found, u)
	}
	return found, rows.Err()
}

// shrink gives the room of what was removed back to the system, a little at a time.
func (s *store) shrink() error {
	for left := -1; ; {
		was := left
		err := s.do(func() error {
			if err := s.vacuum(); err != nil {
				return err
			}
			return s.find("PRAGMA freelist_count", nil, &left)
		})
		if err != nil || left == 0 || left == was {
			return err
		}
	}
}

// vacuum frees 2 MB.
func (s *store) vacuum() error {
	p, err := s.statement("PRAGMA incremental_vacuum(512)")
	if err != nil {
		return err
	}
	rows, err := p.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() { // each step frees a page
	}
	return rows.Err()
}
