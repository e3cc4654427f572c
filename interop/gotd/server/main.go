// A program around gotd's test server: data centres on loopback, for a client to be proven against.
//
// It prints one line of JSON, the addresses and keys, and serves until it is stopped.
package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
	"github.com/gotd/td/tgtest"
	"github.com/gotd/td/tgtest/services"
	"github.com/gotd/td/tgtest/services/config"
	"github.com/gotd/td/tgtest/services/file"
	"github.com/gotd/td/tgtest/services/messages"
	"github.com/gotd/td/transport"
)

const (
	centres = 3
	home    = 2
)

// A way in is a transport, plain or obfuscated.
type wayIn struct {
	name       string
	codec      func() transport.Codec
	obfuscated bool
}

var waysIn = []wayIn{
	{"abridged", transport.Abridged.Codec, false},
	{"intermediate", transport.Intermediate.Codec, false},
	{"padded", transport.PaddedIntermediate.Codec, false},
	{"full", transport.Full.Codec, false},
	{"abridged obfuscated", transport.Abridged.Codec, true},
	{"intermediate obfuscated", transport.Intermediate.Codec, true},
	{"padded obfuscated", transport.PaddedIntermediate.Codec, true},
}

type address struct {
	ID   int    `json:"id"`
	Host string `json:"host"`
	Port int    `json:"port"`
}

type facts struct {
	Transport string    `json:"transport"`
	DCs       []address `json:"dcs"`
	Keys      []string  `json:"keys"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run starts data centres of their own for every transport: they share nothing.
func run() error {
	var told []facts
	failed := make(chan error)
	for _, way := range waysIn {
		one, err := start(way, failed)
		if err != nil {
			return err
		}
		told = append(told, one)
	}
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		return err
	}
	return <-failed
}

func start(way wayIn, failed chan<- error) (facts, error) {
	told := facts{Transport: way.name}
	cfg := &tg.Config{}
	files := file.NewService(file.Config{})
	for id := 1; id <= centres; id++ {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			return told, err
		}
		listener, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			return told, err
		}
		place := listener.Addr().(*net.TCPAddr)
		told.DCs = append(told.DCs, address{id, "127.0.0.1", place.Port})
		told.Keys = append(told.Keys, string(pem.EncodeToMemory(&pem.Block{
			Type:  "RSA PUBLIC KEY",
			Bytes: x509.MarshalPKCS1PublicKey(&key.PublicKey),
		})))
		cfg.DCOptions = append(cfg.DCOptions, tg.DCOption{
			ID: id, IPAddress: "127.0.0.1", Port: place.Port,
		})
		if way.obfuscated {
			// What is left after the obfuscation still begins with the transport's tag.
			listener = transport.ObfuscatedListener(listener)
		}
		server := tgtest.NewServer(
			exchange.PrivateKey{RSA: key},
			introduced(tgtest.UnpackInvoke(centre(id, cfg, files))),
			tgtest.ServerOptions{DC: id},
		)
		go func() {
			failed <- server.Serve(context.Background(), transport.ListenCodec(way.codec, listener))
		}()
	}
	return told, nil
}

// introduced refuses a session whose first call does not say its layer and what the client is, as
// Telegram does: https://core.telegram.org/method/initConnection
func introduced(next tgtest.Handler) tgtest.Handler {
	var known sync.Map
	return tgtest.HandlerFunc(func(server *tgtest.Server, req *tgtest.Request) error {
		var layer tg.InvokeWithLayerRequest
		var said tg.InitConnectionRequest
		layer.Query, said.Query = &said, rest{}
		// What is decoded here is a copy: the call is decoded again, as a whole.
		if layer.Decode(&bin.Buffer{Buf: req.Buf.Buf}) == nil && said.APIID != 0 {
			known.Store(req.Session.ID, true)
		}
		if _, ok := known.Load(req.Session.ID); !ok {
			return tgerr.New(400, "CONNECTION_NOT_INITED")
		}
		return next.OnMessage(server, req)
	})
}

// A rest is a call that is not looked into.
type rest struct{}

func (rest) Encode(*bin.Buffer) error { return nil }
func (rest) Decode(*bin.Buffer) error { return nil }

// centre is what one data centre answers.
func centre(id int, cfg *tg.Config, files *file.Service) tgtest.Handler {
	d := tgtest.NewDispatcher()
	config.NewService(cfg, &tg.CDNConfig{}).Register(d)
	files.Register(d)
	letters := messages.NewService()
	letters.Register(d)
	d.Result(tg.HelpGetNearestDCRequestTypeID, &tg.NearestDC{
		Country: "DE", ThisDC: id, NearestDC: home,
	})
	d.Vector(tg.UsersGetUsersRequestTypeID, &tg.User{ID: 1, Self: true, FirstName: "Self"})
	happened := &board{}
	d.HandleFunc(tg.UpdatesGetStateRequestTypeID, happened.state)
	d.HandleFunc(tg.UpdatesGetDifferenceRequestTypeID, happened.difference)
	d.Result(tg.MessagesSetTypingRequestTypeID, &tg.BoolTrue{})
	d.HandleFunc(tg.ContactsResolveUsernameRequestTypeID, order(id, happened))
	// Telegram answers it everywhere: the account is not here, but the login may be carried here.
	d.Result(tg.AuthExportAuthorizationRequestTypeID, &tg.AuthExportedAuthorization{
		ID: 1, Bytes: []byte("ticket"),
	})
	d.Result(tg.AuthImportAuthorizationRequestTypeID, &tg.AuthAuthorization{
		User: &tg.User{ID: 1, Self: true, FirstName: "Self"},
	})
	d.HandleFunc(tg.AuthImportBotAuthorizationRequestTypeID, func(
		server *tgtest.Server, req *tgtest.Request,
	) error {
		if id != home {
			return tgerr.New(303, fmt.Sprintf("USER_MIGRATE_%d", home))
		}
		return server.SendResult(req, &tg.AuthAuthorization{
			User: &tg.User{ID: 1, Self: true, Bot: true, FirstName: "Self"},
		})
	})
	d.Fallback(tgtest.HandlerFunc(services.NotImplemented))
	return d
}

// order does what the username that is asked for says: this is how the driver makes the server
// misbehave.
func order(id int, happened *board) tgtest.HandlerFunc {
	waited := map[string]bool{}
	return func(server *tgtest.Server, req *tgtest.Request) error {
		var asked tg.ContactsResolveUsernameRequest
		if err := asked.Decode(req.Buf); err != nil {
			return err
		}
		answer := &tg.ContactsResolvedPeer{
			Peer:  &tg.PeerUser{UserID: int64(id)},
			Users: []tg.UserClass{&tg.User{ID: int64(id), Username: asked.Username}},
		}
		word, rest, _ := strings.Cut(asked.Username, "_")
		switch word {
		case "flood":
			// Once for each name: then it is answered.
			if !waited[rest] {
				waited[rest] = true
				return tgerr.New(420, "FLOOD_WAIT_1")
			}
		case "refuse":
			return tgerr.New(400, "USERNAME_NOT_OCCUPIED")
		case "push":
			if err := server.SendUpdates(req.RequestCtx, req.Session, &tg.UpdateUserTyping{
				UserID: 77, Action: &tg.SendMessageTypingAction{},
			}); err != nil {
				return err
			}
		case "happen":
			if err := happened.push(server, req, rest); err != nil {
				return err
			}
		case "packed":
			return server.SendGZIP(req, answer)
		case "cut":
			if !waited[rest] {
				waited[rest] = true
				server.ForceDisconnect(req.Session)
				return nil
			}
		}
		return server.SendResult(req, answer)
	}
}
