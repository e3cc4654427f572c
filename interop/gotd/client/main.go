// gotd's client on the local data centre.
//
// It takes the facts from INTEROP_FACTS and prints a line of JSON for each capability. With `hand`
// and the name of an account it does what it is told to messages: hand.go has that.
package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/telegram/auth"
	"github.com/gotd/td/telegram/message/unpack"
	"github.com/gotd/td/tg"
)

// calls are made over each transport, in 5 s.
const calls = 20

// errAbsent says that an earlier attempt failed, which has told its own reason.
var errAbsent = errors.New("there is no client that is signed in")

// A play is what the attempts share: a bot, a plain user, and one with a second password.
type play struct {
	told               facts
	way                wayIn
	bot, alice, robert *account
	// What our checker has found of what happened while it was away.
	found string
	// The bot as the user resolved it, with the access hash.
	echo *tg.User
	// What our client sees of the user's lists.
	seen *seen
}

func main() {
	told, err := readFacts()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if slices.Contains(os.Args[1:], "chats") {
		if err := (&play{told: told, way: waysIn[0]}).runForums("a forum"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if slices.Contains(os.Args[1:], "crowds") {
		if err := (&play{told: told, way: waysIn[0]}).runCrowds("crowds"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if slices.Contains(os.Args[1:], "files") {
		(&play{told: told, way: waysIn[0]}).runFiles("files")
		return
	}
	if slices.Contains(os.Args[1:], "events") {
		if err := (&play{told: told, way: waysIn[0]}).runEvents("what happens"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if len(os.Args) == 3 && os.Args[1] == "hand" {
		if err := (&play{told: told, way: waysIn[0]}).obey(os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	(&play{told: told, way: waysIn[0]}).run("")
	for _, way := range waysIn {
		if way.padded() {
			(&play{told: told, way: way}).run(way.name)
		}
	}
}

// run tries every capability, in the named row. Without a key nothing else can work: then the rest
// of the row fails for the same reason, without being tried.
func (p *play) run(row string) {
	steps := []struct {
		capability string
		take       func(context.Context) (string, error)
	}{
		{"key exchange", p.keyExchange},
		{"transports", p.transports},
		{"bot login", p.botLogin},
		{"code login", p.codeLogin},
		{"password login", p.passwordLogin},
		{"get_me", p.getMe},
		{"send", p.send},
		{"receive", p.receive},
		{"history", p.history},
		{"log out", p.logOut},
		{"contacts", p.contacts},
		{"privacy", p.privacy},
		{"300 dialogs", p.dialogs},
		{"10,000 messages", p.messages},
		{"a search", p.search},
	}
	var dead error
	for i, step := range steps {
		take := step.take
		if dead != nil {
			take = func(context.Context) (string, error) { return "", dead }
		}
		if err := attempt(row, step.capability, take); err != nil && i == 0 {
			dead = err
		}
	}
}

// exchange makes a key over a transport, and asks the data centre again and again where it is: a
// transport that loses some answers must not pass by luck.
func (p *play) exchange(ctx context.Context, way wayIn) error {
	ctx, cancel := context.WithTimeout(ctx, calls*time.Second/4)
	defer cancel()
	one, err := open(ctx, p.told, way)
	if err != nil {
		return err
	}
	defer one.stop()
	for made := range calls {
		config, err := one.client.API().HelpGetConfig(ctx)
		if err != nil {
			return fmt.Errorf("%d of %d %s calls were answered: %w", made, calls, way.name, err)
		}
		if err := expect("this_dc", config.ThisDC, p.told.DCs[0].ID); err != nil {
			return err
		}
	}
	return nil
}

func (p *play) keyExchange(ctx context.Context) (string, error) {
	key, err := p.told.publicKey()
	if err != nil {
		return "", err
	}
	fingerprint := fmt.Sprintf("%016x", uint64(crypto.RSAFingerprint(key)))
	return "", errors.Join(
		expect("the fingerprint", fingerprint, p.told.Fingerprint),
		p.exchange(ctx, p.way),
	)
}

func (p *play) transports(ctx context.Context) (string, error) {
	var names []string
	for _, way := range waysIn {
		// The padded ones have rows of their own.
		if way.padded() && way.name != p.way.name {
			continue
		}
		if err := p.exchange(ctx, way); err != nil {
			return "", err
		}
		names = append(names, way.name)
	}
	return strings.Join(names, ", "), nil
}

func (p *play) botLogin(ctx context.Context) (string, error) {
	bot, err := open(ctx, p.told, p.way)
	if err != nil {
		return "", err
	}
	if _, err := bot.client.Auth().Bot(ctx, p.told.Bot.Token); err != nil {
		return "", err
	}
	p.bot = bot
	return "", nil
}

func (p *play) codeLogin(ctx context.Context) (_ string, err error) {
	p.alice, err = p.signIn(ctx, p.told.User)
	return "", err
}

func (p *play) passwordLogin(ctx context.Context) (_ string, err error) {
	p.robert, err = p.signIn(ctx, p.told.Guarded)
	return "", err
}

func (p *play) signIn(ctx context.Context, who person) (*account, error) {
	one, err := open(ctx, p.told, p.way)
	if err != nil {
		return nil, err
	}
	return one, authorize(ctx, one, who)
}

// authorize signs in a client that is connected.
func authorize(ctx context.Context, one *account, who person) error {
	code := auth.CodeAuthenticatorFunc(func(context.Context, *tg.AuthSentCode) (string, error) {
		return who.Code, nil
	})
	answers := &login{UserAuthenticator: auth.Constant(who.Phone, who.Password, code)}
	err := auth.NewFlow(answers, auth.SendCodeOptions{}).Run(ctx, one.client.Auth())
	if err != nil {
		return err
	}
	return expect("whether a password is asked for", answers.asked, who.Password != "")
}

// A login knows whether it was asked for the password.
type login struct {
	auth.UserAuthenticator
	asked bool
}

func (l *login) Password(ctx context.Context) (string, error) {
	l.asked = true
	return l.UserAuthenticator.Password(ctx)
}

func (p *play) getMe(ctx context.Context) (string, error) {
	if p.bot == nil || p.alice == nil || p.robert == nil {
		return "", errAbsent
	}
	bot, botErr := p.bot.client.Self(ctx)
	alice, aliceErr := p.alice.client.Self(ctx)
	robert, robertErr := p.robert.client.Self(ctx)
	if err := errors.Join(botErr, aliceErr, robertErr); err != nil {
		return "", err
	}
	return "", errors.Join(
		expect("the bot's name", bot.Username, p.told.Bot.Username),
		expect("the bot's id", bot.ID, p.told.Bot.ID),
		expect("the user's id", alice.ID, p.told.User.ID),
		expect("the guarded user's id", robert.ID, p.told.Guarded.ID),
	)
}

func (p *play) send(ctx context.Context) (string, error) {
	if p.alice == nil {
		return "", errAbsent
	}
	echo, err := resolved(ctx, p.alice.client.API(), p.told.Bot.Username)
	if err != nil {
		return "", err
	}
	p.echo = echo
	id, err := write(ctx, p.alice, echo.AsInputPeer(), "good morning")
	if err == nil && id == 0 {
		err = errors.New("the message that was sent has no number")
	}
	return "", err
}

// write sends a message and gives its number. Every row has random numbers of its own: the data
// centre takes the same number of the same account for the same message.
func write(
	ctx context.Context, from *account, to tg.InputPeerClass, text string,
) (int, error) {
	return unpack.MessageID(from.client.API().MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{
		Peer: to, Message: text, RandomID: rand.Int64(),
	}))
}

// receive lets the bot hear the user, and the user the bot.
func (p *play) receive(ctx context.Context) (string, error) {
	if p.bot == nil || p.echo == nil {
		return "", errAbsent
	}
	said, err := p.bot.hears(ctx)
	if err != nil {
		return "", fmt.Errorf("the bot: %w", err)
	}
	if err := expect("what the bot hears", said, note{p.told.User.ID, said.id, "good morning"}); err != nil {
		return "", err
	}
	// A bot may write to who wrote to it without an access hash:
	// https://core.telegram.org/api/peers
	to := &tg.InputPeerUser{UserID: said.from}
	if _, err := write(ctx, p.bot, to, "you said "+said.text); err != nil {
		return "", err
	}
	answer, err := p.alice.hears(ctx)
	if err != nil {
		return "", fmt.Errorf("the user: %w", err)
	}
	return "", expect("what the user hears", answer, note{p.told.Bot.ID, answer.id, "you said good morning"})
}

func (p *play) history(ctx context.Context) (string, error) {
	if p.echo == nil {
		return "", errAbsent
	}
	told, err := p.alice.client.API().MessagesGetHistory(ctx, &tg.MessagesGetHistoryRequest{
		Peer: p.echo.AsInputPeer(), Limit: 2,
	})
	if err != nil {
		return "", err
	}
	page, ok := told.AsModified()
	if !ok {
		return "", fmt.Errorf("the history is %T", told)
	}
	var texts []string
	for _, one := range page.GetMessages() {
		if message, ok := one.(*tg.Message); ok {
			texts = append(texts, message.Message)
		}
	}
	return "", expect("the history", texts, []string{"you said good morning", "good morning"})
}

// logOut ends every login; afterwards the data centre must not know the account.
func (p *play) logOut(ctx context.Context) (string, error) {
	for _, one := range []*account{p.alice, p.robert, p.bot} {
		if one == nil {
			return "", errAbsent
		}
		defer one.stop()
		if _, err := one.client.API().AuthLogOut(ctx); err != nil {
			return "", err
		}
		if _, err := one.client.Self(ctx); !auth.IsUnauthorized(err) {
			return "", fmt.Errorf("after logging out, asking who one is gives %v", err)
		}
	}
	return "", nil
}
