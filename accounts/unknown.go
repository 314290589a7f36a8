package accounts

import (
	"reflect"
	"strings"
)

// keepUnknown copies from src to dst what no field of the struct t stands for,
// in nested tables too, and reports whether there was any.
func keepUnknown(dst, src map[string]any, t reflect.Type) (found bool) {
	for key, value := range src {
		field, known := fieldFor(t, key)
		if !known {
			dst[key] = value
			found = true
			continue
		}
		for pair := range nested(dst, value, key) {
			found = keepUnknown(pair[0], pair[1], field) || found
		}
	}
	return found
}

// nested pairs the tables under key in dst and src that are about the same.
func nested(dst map[string]any, value any, key string) func(func([2]map[string]any) bool) {
	return func(yield func([2]map[string]any) bool) {
		switch src := value.(type) {
		case map[string]any:
			if d, ok := dst[key].(map[string]any); ok {
				yield([2]map[string]any{d, src})
			}
		case []map[string]any:
			list, _ := dst[key].([]map[string]any)
			for _, d := range list {
				for _, s := range src {
					if d["address"] == s["address"] && !yield([2]map[string]any{d, s}) {
						return
					}
				}
			}
		}
	}
}

// fieldFor returns the type, without pointer and slice, of the field that the
// TOML package would fill from key: it compares without case.
func fieldFor(t reflect.Type, key string) (reflect.Type, bool) {
	for i := range t.NumField() {
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("toml"), ",")
		if !strings.EqualFold(tag, key) {
			continue
		}
		field := t.Field(i).Type
		for field.Kind() == reflect.Pointer || field.Kind() == reflect.Slice {
			field = field.Elem()
		}
		return field, true
	}
	return nil, false
}
