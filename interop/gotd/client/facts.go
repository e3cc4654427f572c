package main

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
)

// patience is how long an attempt may take.
const patience = 20 * time.Second

// facts are what is known of the data centre that the client is run against.
type facts struct {
	DCs []struct {
		ID   int    `json:"id"`
		Host string `json:"host"`
		Port int    `json:"port"`
	} `json:"dcs"`
	Key         string `json:"key"`
	Fingerprint string `json:"fingerprint"`
	User        person `json:"user"`
	Guarded     person `json:"guarded"`
	Sessions    string `json:"sessions"`
	Bot         struct {
		Username string `json:"username"`
		Token    string `json:"token"`
		ID       int64  `json:"id"`
	} `json:"bot"`
	// Our client's half of what happens, and how much does.
	Events string `json:"events"`
	Doings int    `json:"doings"`
	// Whether there is time for long files.
	Long bool `json:"long"`
}

type person struct {
	Phone    string `json:"phone"`
	Code     string `json:"code"`
	Password string `json:"password"`
	ID       int64  `json:"id"`
}

func readFacts() (facts, error) {
	var told facts
	err := json.Unmarshal([]byte(os.Getenv("INTEROP_FACTS")), &told)
	if err == nil && len(told.DCs) == 0 {
		err = fmt.Errorf("INTEROP_FACTS names no data centre")
	}
	return told, err
}

func (f facts) publicKey() (*rsa.PublicKey, error) {
	block, _ := pem.Decode([]byte(f.Key))
	if block == nil {
		return nil, fmt.Errorf("the key in INTEROP_FACTS is not PEM")
	}
	return x509.ParsePKCS1PublicKey(block.Bytes)
}

func (f facts) centres() dcs.List {
	var list dcs.List
	for _, dc := range f.DCs {
		list.Options = append(list.Options, tg.DCOption{
			ID: dc.ID, IPAddress: dc.Host, Port: dc.Port,
		})
	}
	return list
}

// A line of JSON begins with the capability: by this it is told from others.
type line struct {
	Capability string `json:"capability"`
	Row        string `json:"row"`
	OK         bool   `json:"ok"`
	Note       string `json:"note"`
}

// title is the row of the table, the same as in interop/run.
const title = "gotd's client 0.162.0 (Go, layer 229)"

// attempt takes the steps; what they give is the note, their error is the reason of a failure. It
// says in one line of JSON whether the capability works, and gives the error.
func attempt(
	row, capability string, steps func(context.Context) (string, error),
) error {
	return attemptWithin(patience, row, capability, steps)
}

// attemptWithin gives the steps as long as this.
func attemptWithin(
	time time.Duration, row, capability string, steps func(context.Context) (string, error),
) error {
	ctx, cancel := context.WithTimeout(context.Background(), time)
	defer cancel()
	note, err := steps(ctx)
	if err != nil {
		note = err.Error()
	}
	name := strings.TrimSuffix(title+", "+row, ", ")
	told, _ := json.Marshal(line{capability, name, err == nil, note})
	fmt.Println(string(told))
	return err
}

// expect gives an error when something is not as it should be.
func expect(what string, got, wanted any) error {
	if !reflect.DeepEqual(got, wanted) {
		return fmt.Errorf("%s is %#v, not %#v", what, got, wanted)
	}
	return nil
}
