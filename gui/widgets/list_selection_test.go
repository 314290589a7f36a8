package widgets

// RowSet is a selection by ids, as an owner may keep it.
type RowSet struct {
	Model ListModel
	ids   map[RowID]bool
}

// NewRowSet returns an empty selection of the model's rows.
func NewRowSet(model ListModel) *RowSet {
	return &RowSet{Model: model, ids: map[RowID]bool{}}
}

// Selected says whether row i is selected.
func (s *RowSet) Selected(i int) bool { return s.ids[s.Model.ID(i)] }

// Has says whether the row of this name is selected.
func (s *RowSet) Has(id RowID) bool { return s.ids[id] }

// Selection counts the selected rows.
func (s *RowSet) Selection() int { return len(s.ids) }

// IDs are the selected rows in the order of the list, without those that have
// left it.
func (s *RowSet) IDs() []RowID {
	ids := make([]RowID, 0, len(s.ids))
	for i := range s.Model.Len() {
		if id := s.Model.ID(i); s.ids[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// Select changes which rows are selected.
func (s *RowSet) Select(first, last int, how SelectHow) {
	if how == SelectOnly || how == SelectNobody {
		clear(s.ids)
	}
	if how == SelectNobody {
		return
	}
	first, last = max(0, min(first, last)), min(max(first, last), s.Model.Len()-1)
	for i := first; i <= last; i++ {
		id := s.Model.ID(i)
		switch {
		case id == 0:
		case how == SelectFewer:
			delete(s.ids, id)
		default:
			s.ids[id] = true
		}
	}
}
