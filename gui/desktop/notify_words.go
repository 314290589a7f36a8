package desktop

import "encoding/json"

// macScript is a program for osascript that shows a note. It goes in by the
// standard input: what is an argument, every program on the computer can read.
// The words are JSON, which is JavaScript for a string, whatever they are.
func macScript(n Note) (string, error) {
	title, err := json.Marshal(n.Title)
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(n.Body)
	if err != nil {
		return "", err
	}
	return "const app = Application.currentApplication();\n" +
		"app.includeStandardAdditions = true;\n" +
		"app.displayNotification(" + string(body) + ", {withTitle: " + string(title) + "});\n", nil
}
