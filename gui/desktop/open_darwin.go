package desktop

func opener(target string) (string, []string) { return "/usr/bin/open", []string{"--", target} }
