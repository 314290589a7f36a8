package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// root is the tree of commands, made anew for every run.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "postrider [mailto:… | FILE.eml]",
		Short: "Read and keep mail: IMAP and POP3, in the window and on the command line",
		Long: `Postrider keeps mail on this computer, in step with IMAP servers and safe from POP3 ones.

Every command works on the same store. An account is named by its address or its id;
a mailbox by ACCOUNT/Path or ACCOUNT/@role (@inbox @sent @drafts @archive @trash @junk @outbox),
and @inbox alone is all inboxes together; a message by the number that lists print.

Exit codes: 0 done, 1 failed, 2 the command line is wrong, 3 partly done, 4 sign-in needed,
5 another Postrider holds the store.`,
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: a.settle,
		Args:              wordsToOpen,
		RunE:              a.openWindow,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	f := root.PersistentFlags()
	f.StringVar(&a.data, "data", a.data, "everything this user has: store, accounts file, lock ($"+envData+")")
	f.StringVar(&a.keyring, "keyring", a.keyring, "where secrets live: os or vault ($"+envKeyring+")")
	f.Lookup("data").DefValue, f.Lookup("keyring").DefValue = "", "" // help is the same for everybody
	f.BoolVar(&a.json, "json", false, "print JSON Lines")
	f.StringVar(&a.transcript, "transcript", "", "append a wire log without secrets to this file")
	f.BoolVar(&a.bodies, "transcript-bodies", false, "put message bodies into the wire log, too")
	f.StringVar(&a.trace, "trace", "", "append timing spans to this file, as JSON Lines")
	f.DurationVar(&a.timeout, "timeout", 0, "how long a server may stay silent (default a minute or so)")
	root.AddGroup(&cobra.Group{ID: "mail", Title: "Mail:"}, &cobra.Group{ID: "setup", Title: "Accounts and store:"})
	for group, list := range map[string][]*cobra.Command{"mail": a.mailCommands(), "setup": a.setupCommands()} {
		for _, c := range list {
			c.GroupID = group
			root.AddCommand(c)
		}
	}
	return root
}

func (a *app) mailCommands() []*cobra.Command {
	return []*cobra.Command{
		a.syncCommand(), a.mailboxesCommand(), a.listCommand(), a.showCommand(), a.attachmentsCommand(), a.searchCommand(),
		a.composeCommand(), a.sendCommand(),
		a.markCommand(), a.moveCommand(), a.copyCommand(), a.archiveCommand(), a.deleteCommand(), a.junkCommand(), a.undoCommand(),
	}
}

func (a *app) setupCommands() []*cobra.Command {
	return []*cobra.Command{
		a.accountCommand(), a.mailboxCommand(), a.opsCommand(), a.contactsCommand(), a.importCommand(), a.exportCommand(), a.custodyCommand(), a.checkCommand(),
		a.renderCommand(), a.demoCommand(), a.versionCommand(), a.manCommand(), a.reloadCommand(),
	}
}

// noWindow is the program without a command, in a build without a window.
func (a *app) noWindow(cmd *cobra.Command) error {
	if a.json {
		return usagef("this Postrider has no window; say which command to run")
	}
	a.say("This Postrider has no window; say which command to run.\n")
	return a.missing(cmd)
}

// missing says that the command is only the beginning of one.
func (a *app) missing(cmd *cobra.Command) error {
	if a.json {
		return usagef("%s needs a further word", cmd.CommandPath())
	}
	cmd.SetOut(a.errs)
	cmd.Help()
	return codeError(exitUsage)
}

// noWords is for commands that only have further commands.
func noWords(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := ""
	cmd.SuggestionsMinimumDistance = 2
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return usagef("there is no command %q%s", strings.TrimSpace(cmd.CommandPath()+" "+args[0]), hint)
}

// words checks the number of a command's words; most less than 0 is any number.
func words(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || most >= 0 && len(args) > most {
			return usagef("this is how it goes: %s", cmd.UseLine())
		}
		return nil
	}
}
