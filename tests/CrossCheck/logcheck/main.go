// Verifies a live log with Go's own code for transparency logs (golang.org/x/mod/sumdb/note and tlog): the checkpoint's signature, all tiles and
// entries, and random inclusion and consistency proofs.
//
//	logcheck -url http://host/log -vkey NAME+ID+KEY [-n 1000] [-seed 1]
package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Bundles of entries and C2SP's tiles are always of height 8.
const height = 8

// tiles reads C2SP paths (tile/<level>/<n>), which differ from Go's module proxy's by the missing height.
type tiles struct {
	url   string
	cache map[tlog.Tile][]byte
	read  int
}

func (t *tiles) Height() int { return height }

func (t *tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for i, tile := range wanted {
		if known, ok := t.cache[tile]; ok {
			data[i] = known
			continue
		}
		bytes, err := get(t.url + "/" + strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		t.cache[tile], data[i] = bytes, bytes
		t.read++
	}
	return data, nil
}

func get(url string) ([]byte, error) {
	answer, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != 200 {
		err = fmt.Errorf("%s answered %d", url, answer.StatusCode)
	}
	return body, err
}

func checkpoint(url, vkey string) tlog.Tree {
	verifier, err := note.NewVerifier(vkey)
	check(err, "the log's key")
	text, err := get(url + "/checkpoint")
	check(err, "the checkpoint")
	signed, err := note.Open(text, note.VerifierList(verifier))
	check(err, "the checkpoint's signature")
	lines := strings.Split(signed.Text, "\n")
	if lines[0] != verifier.Name() {
		log.Fatalf("the checkpoint's origin is %s", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err, "the checkpoint's size")
	root, err := tlog.ParseHash(lines[2])
	check(err, "the checkpoint's root")
	return tlog.Tree{N: size, Hash: root}
}

// entries checks that every entry's hash is the one in the tree.
func entries(url string, size int64, hashes tlog.HashReader) {
	for first := int64(0); first < size; first += 1 << height {
		count := min(size-first, 1<<height)
		path := tlog.Tile{H: height, L: -1, N: first >> height, W: int(count)}.Path()
		bundle, err := get(url + "/" + strings.Replace(path, "tile/8/data/", "tile/entries/", 1))
		check(err, "the entries")
		indexes := make([]int64, count)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		stored, err := hashes.ReadHashes(indexes)
		check(err, "the hashes of the entries")
		for i := range indexes {
			length := int(binary.BigEndian.Uint16(bundle))
			if tlog.RecordHash(bundle[2:2+length]) != stored[i] {
				log.Fatalf("the entry at position %d is not the one in the tree", first+int64(i))
			}
			bundle = bundle[2+length:]
		}
		if len(bundle) != 0 {
			log.Fatalf("the bundle at %d has too many bytes", first)
		}
	}
}

func proofs(tree tlog.Tree, hashes tlog.HashReader, n int, random *rand.Rand) {
	for i := 0; i < n; i++ {
		size := 1 + random.Int63n(tree.N)
		index := random.Int63n(size)
		root, err := tlog.TreeHash(size, hashes)
		check(err, "a root")
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		check(err, "a leaf")
		inclusion, err := tlog.ProveRecord(size, index, hashes)
		check(err, "an inclusion proof")
		check(tlog.CheckRecord(inclusion, size, root, index, leaf[0]), "an inclusion proof")
		if tlog.CheckRecord(inclusion, size, root, index, tlog.Hash{1}) == nil {
			log.Fatal("an inclusion proof of another leaf verifies")
		}
		consistency, err := tlog.ProveTree(tree.N, size, hashes)
		check(err, "a consistency proof")
		check(tlog.CheckTree(consistency, tree.N, tree.Hash, size, root), "a consistency proof")
	}
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func check(err error, what string) {
	if err != nil {
		log.Fatalf("%s: %v", what, err)
	}
}

func main() {
	log.SetFlags(0)
	url := flag.String("url", "", "address of the log, such as http://127.0.0.1:8080/log")
	vkey := flag.String("vkey", "", "the log's key")
	n := flag.Int("n", 1000, "how many random proofs of each kind")
	seed := flag.Int64("seed", 1, "seed of the random proofs")
	flag.Parse()
	tree := checkpoint(*url, *vkey)
	reader := &tiles{url: *url, cache: map[tlog.Tile][]byte{}}
	// It authenticates every tile against the signed root before it hands out a hash.
	hashes := tlog.TileHashReader(tree, reader)
	entries(*url, tree.N, hashes)
	if tree.N > 0 {
		proofs(tree, hashes, *n, rand.New(rand.NewSource(*seed)))
	}
	fmt.Printf("size %d, entries %d, tiles %d, inclusion %d, consistency %d, seed %d, disagreements 0\n", tree.N, tree.N, reader.read, *n, *n, *seed)
}
