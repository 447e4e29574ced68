// Judges notes by Go's own parser (golang.org/x/mod/sumdb/note), for a comparison with ours.
//
// Standard input: a line with a key (name+id+base64), then one note per line in base64.
// Standard output: a line each: "signed", "invalid" (well formed, the key's signature is wrong), "unsigned" (well formed, no signature of the key),
// "malformed". For a line that begins with "key " the rest is judged as a key: "key" or "no key".
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"log"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

func judge(text []byte, known note.Verifiers) string {
	_, err := note.Open(text, known)
	switch err.(type) {
	case nil:
		return "signed"
	case *note.InvalidSignatureError:
		return "invalid"
	case *note.UnverifiedNoteError:
		return "unsigned"
	default:
		return "malformed"
	}
}

func main() {
	log.SetFlags(0)
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 16<<20)
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	if !input.Scan() {
		log.Fatal("no key was given")
	}
	verifier, err := note.NewVerifier(input.Text())
	if err != nil {
		log.Fatal(err)
	}
	known := note.VerifierList(verifier)
	for input.Scan() {
		line := input.Text()
		if strings.HasPrefix(line, "key ") {
			text, _ := base64.StdEncoding.DecodeString(line[4:])
			if _, err := note.NewVerifier(string(text)); err == nil {
				fmt.Fprintln(output, "key")
			} else {
				fmt.Fprintln(output, "no key")
			}
			continue
		}
		text, err := base64.StdEncoding.DecodeString(line)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Fprintln(output, judge(text, known))
	}
}
