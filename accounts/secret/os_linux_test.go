package secret

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"postrider/mail"
)

// The D-Bus client keeps one connection per process, and every test needs
// another bus. So each runs its part in a process of its own: this one again,
// told by askKeyring what to do.
const askKeyring = "POSTRIDER_TEST_ASK_KEYRING"

func TestMain(m *testing.M) {
	switch os.Getenv(askKeyring) {
	case "":
		os.Exit(m.Run())
	case "keep":
		os.Exit(m.Run()) // TestOSKeyringKeepsSecrets, by -test.run
	case "get":
		k := &OS{}
		if wait, err := time.ParseDuration(os.Getenv(askKeyring + "_WAIT")); err == nil {
			k.wait = wait
		}
		_, err := k.Get(context.Background(), "aaaaaaaa", Password)
		for _, reason := range []error{ErrNotFound, ErrUnavailable, ErrLocked, ErrSilent, ErrFailed} {
			if errors.Is(err, reason) {
				os.Stdout.WriteString(reason.Error() + "\n")
			}
		}
		os.Stdout.WriteString(string(mail.KindOf(err)) + "\n" + err.Error())
		os.Exit(0)
	}
}

// ask runs this test binary in an environment that has only what is given.
func ask(t *testing.T, env []string, args ...string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = append(env, "PATH="+os.Getenv("PATH"), "HOME="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// session is a bus of its own, with nothing on it. It starts no services, so
// that no keyring of this desktop is ever touched.
func session(t *testing.T) (env []string) {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip("needs dbus-daemon")
	}
	dir, err := os.MkdirTemp("", "bus") // short: a socket's path has 108 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	config := filepath.Join(dir, "bus.conf")
	address := "unix:path=" + filepath.Join(dir, "bus")
	if err := os.WriteFile(config, []byte(`<busconfig><type>session</type><listen>`+address+`</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(daemon, "--config-file="+config, "--nofork", "--print-address")
	ready, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	start(t, cmd)
	if n, err := ready.Read(make([]byte, 1)); n != 1 {
		t.Fatalf("dbus-daemon does not start: %v", err)
	}
	return []string{"DBUS_SESSION_BUS_ADDRESS=" + address, "XDG_RUNTIME_DIR=" + dir}
}

func start(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
}

// gnomeKeyring starts one on the session's bus, with its files in home, and
// waits until it is there. A password opens it; "" leaves it locked.
func gnomeKeyring(t *testing.T, env []string, home, password string) *exec.Cmd {
	t.Helper()
	daemon, err := exec.LookPath("gnome-keyring-daemon")
	if err != nil {
		t.Skip("needs gnome-keyring-daemon")
	}
	conn, err := dbus.Connect(strings.TrimPrefix(env[0], "DBUS_SESSION_BUS_ADDRESS="))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.AddMatchSignal(dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, "org.freedesktop.secrets")); err != nil {
		t.Fatal(err)
	}
	signals := make(chan *dbus.Signal, 10)
	conn.Signal(signals)
	cmd := exec.Command(daemon, "--foreground", "--components=secrets")
	if password != "" {
		cmd.Args = append(cmd.Args, "--unlock")
		cmd.Stdin = strings.NewReader(password)
	}
	cmd.Env = append(env, "PATH="+os.Getenv("PATH"), "HOME="+home)
	start(t, cmd)
	for s := range signals {
		if s.Name == "org.freedesktop.DBus.NameOwnerChanged" && s.Body[0] == "org.freedesktop.secrets" && s.Body[2] != "" {
			return cmd
		}
	}
	t.Fatal("gnome-keyring-daemon does not come")
	return nil
}

func TestOSKeyringKeepsSecrets(t *testing.T) {
	if os.Getenv(askKeyring) == "keep" {
		keepsSecrets(t, &OS{})
		return
	}
	env := session(t)
	gnomeKeyring(t, env, t.TempDir(), "open sesame")
	ask(t, append(env, askKeyring+"=keep"), "-test.run=^TestOSKeyringKeepsSecrets$")
}

func TestLockedKeyringIsSaid(t *testing.T) {
	env, home := session(t), t.TempDir()
	cmd := gnomeKeyring(t, env, home, "open sesame") // makes the keyring
	cmd.Process.Kill()
	cmd.Wait()
	env = session(t)
	gnomeKeyring(t, env, home, "")
	assertReason(t, append(env, askKeyring+"=get"), ErrLocked, "--keyring vault")
}

func TestNoBusIsSaidWithoutStartingOne(t *testing.T) {
	dir, trap := t.TempDir(), t.TempDir()
	launched := filepath.Join(dir, "launched")
	script := "#!/bin/sh\ntouch " + launched + "\n"
	if err := os.WriteFile(filepath.Join(trap, "dbus-launch"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", trap+":"+os.Getenv("PATH"))
	for _, address := range []string{"", "autolaunch:"} {
		env := []string{"DBUS_SESSION_BUS_ADDRESS=" + address, "XDG_RUNTIME_DIR=" + dir, askKeyring + "=get"}
		assertReason(t, env, ErrUnavailable, "this session has no keyring service")
	}
	if _, err := os.Stat(launched); err == nil {
		t.Error("a bus was launched")
	}
}

func TestBusWithoutKeyringIsSaid(t *testing.T) {
	assertReason(t, append(session(t), askKeyring+"=get"), ErrUnavailable, "this session has no keyring service")
}

func TestBusThatIsGoneIsSaid(t *testing.T) {
	address := "unix:path=" + filepath.Join(t.TempDir(), "gone")
	assertReason(t, []string{"DBUS_SESSION_BUS_ADDRESS=" + address, askKeyring + "=get"}, ErrUnavailable, "this session has no keyring service")
}

func TestSilentKeyringIsGivenUp(t *testing.T) {
	dir, err := os.MkdirTemp("", "bus")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	l, err := net.Listen("unix", filepath.Join(dir, "bus"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go io.Copy(io.Discard, conn) // hears everything, says nothing
		}
	}()
	// The bus is found by XDG_RUNTIME_DIR alone, as systemd leaves it.
	env := []string{"XDG_RUNTIME_DIR=" + dir, askKeyring + "=get", askKeyring + "_WAIT=200ms"}
	assertReason(t, env, ErrSilent, "the keyring does not answer")
}

func assertReason(t *testing.T, env []string, reason error, sentence string) {
	t.Helper()
	out := ask(t, env)
	if !strings.HasPrefix(out, reason.Error()+"\nsign-in\n") || !strings.Contains(out, sentence) {
		t.Errorf("got:\n%s\nwant %q, kind sign-in, and %q", out, reason, sentence)
	}
}
